/**
 * ESLint rule `rooms`: which folder may import which. Data flows one way through the
 * project, and an import only ever points down that way.
 */
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * A room: the rooms of ours that it may import besides itself, and the packages.
 * Packages after `types` may only be imported as types: the box does not carry them.
 */
const rooms = {
  'src/feed/records': { ours: ['src/feed'], packages: ['valibot'] },
  'src/feed/tuf': { ours: ['src/feed'], packages: ['fflate'] },
  'src/feed': { ours: ['src/feed/records', 'src/feed/tuf'], packages: ['fflate'], types: ['valibot'] },
  'src/publisher': { ours: ['src/feed'], packages: ['*'] },
  'src/tv/typesetting': { ours: [], packages: [] },
  'src/tv/remote': { ours: [], packages: [] },
  'src/tv/theme': { ours: ['src/tv/typesetting'], packages: [] },
  'src/tv/language': { ours: ['static/locales'], packages: [] },
  'src/tv/store': { ours: ['src/feed'], packages: ['idb-keyval'] },
  'src/tv/sync': { ours: ['src/feed', 'src/tv/store', 'src/tv/settings.ts'], packages: ['rxjs'] },
  'src/tv/worker': { ours: [], packages: ['workbox-precaching', 'workbox-routing'] },
  'src/tv/widgets': { ours: ['src/tv/typesetting', 'src/tv/theme'], packages: ['@lightningjs/sdk'] },
  'src/tv/screens': {
    ours: ['src/feed', 'src/tv/store', 'src/tv/widgets', 'src/tv/typesetting', 'src/tv/theme', 'src/tv/language', 'static/locales'],
    types: ['src/tv/sync'],
    packages: ['@lightningjs/sdk'],
  },
  // What puts the app together may know all of it.
  'src/tv': { ours: ['src/tv', 'src/feed'], packages: ['@lightningjs/sdk', 'rxjs'] },
  'src/emulator': {
    ours: ['src/feed', 'static/locales', 'settings.json'],
    // The page speaks to the running app, whose shape it may know.
    types: ['src/tv'],
    packages: [],
  },
}

/** The room of a path below the project: the longest that holds it. */
function roomOf(path) {
  return Object.keys(rooms)
    .filter((room) => isBelow(path, room))
    .sort((a, b) => b.length - a.length)[0]
}

const isBelow = (path, folder) => path === folder || path.startsWith(`${folder}/`)

/** Why a file may not import something, or nothing. @param isType import of types only */
export function objection(file, source, isType) {
  const path = relative(projectRoot, file).split(sep).join('/')
  const room = roomOf(path)
  if (!room) return undefined
  const { ours, packages, types = [] } = rooms[room]
  // Tests may use tools; but not reach up into other rooms.
  const isTest = /\.test\.ts$|\/testing[./]/.test(path)

  if (!source.startsWith('.')) {
    if (isTest || packages.includes('*')) return undefined
    const allowed = isType ? [...packages, ...types] : packages
    return allowed.some((name) => isBelow(source, name)) ? undefined : `${room} may not import the package ${source}`
  }
  const target = relative(projectRoot, resolve(dirname(file), source)).split(sep).join('/')
  const targetRoom = roomOf(target)
  if (targetRoom === room) return undefined
  if (isTest && !targetRoom) return undefined
  const allowed = isType || isTest ? [...ours, ...types] : ours
  if (allowed.some((name) => isBelow(target, name))) return undefined
  return `${room} may not import ${targetRoom ?? target}: imports point down, to ${allowed.join(', ') || 'nothing of ours'}`
}

/** The rule, as ESLint takes it. */
export const roomsRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node, source, isType) => {
      const message = source && objection(context.filename, source.value, isType)
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source : null, false),
    }
  },
}
