import type { MetadataFiles, RefreshOptions, RefreshResult, TargetFile, TrustedMetadata, TufOptions } from './types.ts'

export type * from './types.ts'
export { TufError, type TufFailure } from './errors.ts'
export { defaultLimits, type Limits } from './limits.ts'

/** Network refresh from what was kept: the client workflow of TUF 5, with the named delegated roles. */
export declare function refresh(options: RefreshOptions): Promise<RefreshResult>
/** The same checks on kept files, without network; expiry is reported, not an error. */
export declare function verifyKept(
  options: TufOptions & { readonly kept: MetadataFiles; readonly roles: readonly string[] },
): TrustedMetadata
/** Length and hash of a target's bytes. */
export declare function verifyTarget(bytes: Uint8Array, target: TargetFile): void
/** Inflates a verified gzip target to exactly its signed inflated length. */
export declare function inflateTarget(bytes: Uint8Array, target: TargetFile): Uint8Array
