import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { Conflict } from '../../platform/errors.js'

interface Done {
  name: string
  result: string | null
}

/**
 * What of the evaluation data set is in the ledger, one JSON line a part, so that a filling that was interrupted continues.
 * A part that was recorded and not yet noted is done again: the ledger refuses it with a Conflict, which counts as done, or
 * holds it twice, which made-up data can bear.
 */
export class SeedingProgress {
  private readonly done: Map<string, string | null>

  /** @param signal ends the filling between two parts */
  constructor(
    private readonly file: string,
    private readonly signal?: AbortSignal,
  ) {
    this.done = new Map(readLines(file).map(({ name, result }) => [name, result]))
  }

  /** True when a filling was begun here and did not come to its end. */
  get interrupted(): boolean {
    return this.done.has('begun') && !this.done.has('ended')
  }

  /**
   * Does the part unless it was done; answers what it answered then.
   *
   * @throws the signal's reason when the filling is to end; else what `work` throws
   */
  async once(name: string, work: () => Promise<string | void>): Promise<string | null> {
    const earlier = this.done.get(name)
    if (earlier !== undefined) return earlier
    this.signal?.throwIfAborted()
    const result = (await work().catch(nothingOfConflict)) ?? null
    appendFileSync(this.file, `${JSON.stringify({ name, result } satisfies Done)}\n`, { mode: 0o600 })
    this.done.set(name, result)
    return result
  }
}

/** A last line that was cut off is a part that was not noted. */
function readLines(file: string): Done[] {
  if (!existsSync(file)) return []
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return whole.map((line) => JSON.parse(line) as Done)
}

function nothingOfConflict(error: unknown): undefined {
  if (!(error instanceof Conflict)) throw error
  return undefined
}
