import { dirname } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Unit tests stand beside their files; whole-product tests drive browsers and run one file after another. */
export default defineConfig({
  test: {
    root: dirname(import.meta.dirname),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.ts', 'build/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/bundles.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
