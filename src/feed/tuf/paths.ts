import { sha256 } from './hash.ts'

/** The part of a delegation that says for which target paths it counts. */
export interface PathScope {
  readonly paths?: readonly string[]
  readonly pathHashPrefixes?: readonly string[]
}

/** Whether a delegation counts for a target path (TUF 4.5, `paths` and `path_hash_prefixes`). */
export function inScope(scope: PathScope, path: string): boolean {
  if (scope.paths) return scope.paths.some((pattern) => matchesPattern(pattern, path))
  if (!scope.pathHashPrefixes) return false
  const hash = sha256(new TextEncoder().encode(path))
  return scope.pathHashPrefixes.some((prefix) => hash.slice(0, prefix.length) === prefix)
}

/**
 * TUF's PATHPATTERN (4.5): `*` is any text and `?` any one character, neither crosses a `/`,
 * everything else is itself, upper and lower case differ.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const patterns = pattern.split('/')
  const names = path.split('/')
  return patterns.length === names.length && patterns.every((p, i) => matchesName(characters(p), characters(names[i]!)))
}

/**
 * Matches one path segment, in time proportional to pattern × name at worst: a pattern
 * becomes no regular expression, and cannot make one run for ever.
 */
function matchesName(pattern: readonly string[], name: readonly string[]): boolean {
  let p = 0
  let n = 0
  /** Where to go on when the text after the last star does not fit: one character further. */
  let star = -1
  let retry = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      retry = n
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++retry
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** Characters, not UTF-16 units: `?` stands for 𠮷 too. */
const characters = (text: string): readonly string[] => Array.from(text)
