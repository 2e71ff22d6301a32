/** So many failures within the window lock an account (21 CFR 11.300(d)). */
export const FAILURES_THAT_LOCK = 5
const WINDOW_MS = 15 * 60_000

/** Counts failures a person, in memory: what does not reach the limit leaves no trace in the log that a stranger could grow. */
export class FailedSignIns {
  private readonly failures = new Map<string, readonly number[]>()

  /** @returns how many failures the window holds, this one included; it begins anew once the limit is reached */
  note(actor: string, now = Date.now()): number {
    const within = [...(this.failures.get(actor) ?? []).filter((at) => at > now - WINDOW_MS), now]
    if (within.length >= FAILURES_THAT_LOCK) this.failures.delete(actor)
    else this.failures.set(actor, within)
    return within.length
  }

  /** A success shows that the person is there. */
  forget(actor: string): void {
    this.failures.delete(actor)
  }
}
