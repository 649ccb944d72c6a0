import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { roomsRule } from './rooms.mjs'

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Names of browsers and of Node that the pure rooms must do without. */
const surroundings = ['window', 'document', 'navigator', 'location', 'localStorage', 'indexedDB', 'fetch', 'process', 'Buffer']

/** What Chromium 64 lacks, and no polyfill of ours brings. */
const missingOnBoxes = ['BigInt', 'crypto', 'WebAssembly', 'structuredClone', 'SharedArrayBuffer']

const banned = (names, why) => ['error', ...names.map((name) => ({ name, message: why }))]

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.demo/', '.engines/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: projectRoot } },
    plugins: { project: { rules: { rooms: roomsRule } } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      'project/rooms': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Control characters are what some checks of ours look for.
      'no-control-regex': 'off',
      // Interfaces that promise something are also kept by code that need not wait.
      '@typescript-eslint/require-await': 'off',
      // Objects here are made of closures; there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // Numbers and flags in template texts are plain enough.
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    files: ['src/feed/**/*.ts', 'src/tv/typesetting/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: { 'no-restricted-globals': banned([...surroundings, ...missingOnBoxes], 'this room is pure: values in, values out') },
  },
  {
    files: ['src/tv/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', 'src/tv/typesetting/**'],
    rules: { 'no-restricted-globals': banned(missingOnBoxes, 'boxes with Chromium 64 do not have it') },
  },
  {
    // What JSON.parse and mocks of the world give is looked at by the assertions.
    files: ['**/*.test.ts', '**/testing/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['build/**', 'test/**', 'src/publisher/terminal.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setInterval: 'readonly', clearInterval: 'readonly' } },
  },
  {
    files: ['static/app/no-worker.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script', globals: { self: 'readonly', Promise: 'readonly' } },
  },
  {
    files: ['static/app/boot.js'],
    // ES5 has no catch without a name.
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
    languageOptions: {
      ecmaVersion: 5,
      sourceType: 'script',
      globals: {
        window: 'readonly',
        document: 'readonly',
        location: 'readonly',
        globalThis: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        Symbol: 'readonly',
        Promise: 'readonly',
      },
    },
  },
)
