import type { TufError } from './errors.ts'
import { rulesOf } from './rules.ts'
import type { TargetFile, TrustedMetadata, UpdaterOptions } from './types.ts'
import { Workflow, type Run } from './workflow.ts'

/**
 * One run of the client workflow (TUF 5) over the network: `refresh` once, then `follow` and
 * `findTarget` as often as needed. Every file is handed to `persist` as it is accepted.
 *
 * All methods reject with `TufError` for what may not be believed, and with the error of
 * `fetch` when the server cannot be reached.
 */
export class Updater {
  private readonly workflow: Workflow

  constructor(private readonly options: UpdaterOptions) {
    // 5.1: the time stands still for the whole run.
    this.workflow = new Workflow(options.trustedRoot, options.kept, rulesOf(options, options.now))
  }

  /** Kept files that could not be believed and were passed over. */
  get refused(): readonly TufError[] {
    return this.workflow.refused
  }

  /** TUF 5.2 to 5.6.6: root, timestamp, snapshot, targets. */
  refresh(): Promise<void> {
    return this.run(this.workflow.refresh())
  }

  /**
   * Loads a role by the word of the top-level targets role.
   * @returns false when there is no such delegation, or no such role published yet
   */
  follow(role: string): Promise<boolean> {
    return this.run(this.workflow.follow(role))
  }

  /** TUF 5.6.7: looks for a target, loading metadata of delegated roles as the search comes to them. */
  findTarget(path: string): Promise<TargetFile | undefined> {
    return this.run(this.workflow.findTarget(path))
  }

  /** What has been refreshed and followed. */
  trusted(): TrustedMetadata {
    return this.workflow.trusted()
  }

  private async run<T>(run: Run<T>): Promise<T> {
    const { fetch, persist, pause } = this.options
    let answer: Uint8Array | null | void = undefined
    for (;;) {
      const { done, value } = run.next(answer)
      if (done) return value
      if (value === 'pause') answer = await pause?.()
      else if ('fetch' in value) answer = await fetch(value.fetch, value.maxLength)
      else answer = await persist?.(value.persist, value.bytes)
    }
  }
}
