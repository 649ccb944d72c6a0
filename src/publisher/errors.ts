/**
 * A command cannot be carried out as it was given: a missing argument, a folder
 * that is not there, keys that do not fit. Chinese first, English beneath.
 */
export class CommandError extends Error {
  constructor(
    readonly chinese: string,
    readonly english: string,
  ) {
    super(`${chinese}\n${english}`)
    this.name = 'CommandError'
  }
}
