/** `folder/name` for each name. */
const each = (folder: string, names: string): string[] => names.split(' ').map((name) => `core-js/es/${folder}/${name}`)

/**
 * What the ES5 bundle carries so that old engines have the whole library of ES2022
 * (as `lib` in tsconfig.json promises to the code) and fetch. Modules of core-js and
 * whatwg-fetch, in order: fetch needs Promise. What came after ES2022 is left out;
 * so are the parts that cannot be added (Proxy, BigInt, Atomics).
 */
export const polyfills: readonly string[] = [
  'core-js/es/symbol',
  'core-js/es/global-this',
  ...each('function', 'name has-instance'),
  ...each('object', 'assign entries from-entries get-own-property-descriptors has-own is keys set-prototype-of values'),
  ...each('object', 'freeze get-own-property-names get-prototype-of to-string'),
  ...each('array', 'at copy-within entries fill filter find find-index flat flat-map from includes iterator keys map of'),
  ...each('array', 'slice sort splice values'),
  ...each('string', 'at code-point-at ends-with from-code-point includes iterator match match-all pad-end pad-start raw'),
  ...each('string', 'repeat replace replace-all search split starts-with trim trim-end trim-start'),
  ...each('number', 'constructor epsilon is-finite is-integer is-nan is-safe-integer max-safe-integer min-safe-integer'),
  ...each('math', 'acosh asinh atanh cbrt clz32 cosh expm1 fround hypot imul log10 log1p log2 sign sinh tanh trunc'),
  ...each('regexp', 'constructor dot-all flags sticky test to-string'),
  'core-js/es/reflect',
  'core-js/es/promise',
  'core-js/es/aggregate-error',
  // The collections themselves, without the set methods and groupBy of later years.
  'core-js/modules/es.map',
  'core-js/modules/es.set',
  'core-js/modules/es.weak-map',
  'core-js/modules/es.weak-set',
  'core-js/modules/es.array-buffer.slice',
  ...typedArrays('uint8 int8 uint8-clamped uint16 int16 uint32 int32 float32 float64'),
  'core-js/web/dom-collections',
  'core-js/web/queue-microtask',
  'core-js/web/url',
  'core-js/web/url-search-params',
  'whatwg-fetch',
]

/** The constructors, where they lack the newer ways of being called, and the methods of all of them. */
function typedArrays(names: string): string[] {
  const methods =
    'at copy-within every fill filter find find-index for-each from includes index-of iterator join last-index-of map of ' +
    'reduce reduce-right reverse set slice some sort subarray to-locale-string to-string'
  return [
    ...names.split(' ').map((name) => `core-js/modules/es.typed-array.${name}-array`),
    ...methods.split(' ').map((name) => `core-js/modules/es.typed-array.${name}`),
  ]
}
