/** Passes on that the store found the clock behind the log, to whoever watches the clock. The store is opened before anybody can. */
export class ClockBehind {
  private listener: ((byMs: number) => void) | undefined

  listen(listener: (byMs: number) => void): void {
    this.listener = listener
  }

  /** @param byMs how far the clock stands behind the last event of the log, in milliseconds */
  report(byMs: number): void {
    this.listener?.(byMs)
  }
}
