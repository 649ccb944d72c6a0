/*
 * The client of The Update Framework (TUF) 1.0 that runs on the box: what makes the bytes of a
 * feed believable. Clause numbers are those of the specification, version 1.0.34.
 */
export type * from './types.ts'
export { TufError, type TufFailure } from './errors.ts'
export { defaultHashers, type Hasher, type Hashers } from './hash.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { refresh, verifyKept } from './refresh.ts'
export { inflateTarget, verifyTarget } from './target.ts'
export { Updater } from './updater.ts'
export { defaultVerifiers } from './verify.ts'
