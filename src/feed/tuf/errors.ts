/** What kind of check failed. */
export type TufFailure =
  /** Fewer valid signatures than the threshold asks for. */
  | 'signature'
  /** An older version than one that was already trusted, or not the version that was announced. */
  | 'rollback'
  /** Past its signed expiry by the given clock. */
  | 'expired'
  /** Not the JSON, the shape or the specification version that metadata must have. */
  | 'format'
  /** Longer (or, where the length is signed, shorter) than it may be. */
  | 'length'
  /** Not the signed hash. */
  | 'hash'
  /** A file or a role that must be there is not there. */
  | 'missing'
  /** A delegation that does not lead to the role, or too many of them. */
  | 'delegation'

/** Metadata or a target that may not be believed, and why. */
export class TufError extends Error {
  /**
   * @param code what kind of check failed
   * @param role the role whose metadata (or target) was refused
   * @param clause clause of the TUF specification 1.0 that asks for the check; '' for checks of our own
   */
  constructor(
    readonly code: TufFailure,
    readonly role: string,
    readonly clause: string,
    message: string,
  ) {
    super(`${role}: ${message}${clause === '' ? '' : ` (TUF ${clause})`}`)
    this.name = 'TufError'
    // Lowered to ES5, a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, TufError.prototype)
  }
}
