/** Ordered results of work that runs ahead. */

/**
 * Runs `task(0) … task(count - 1)`, at most `ahead` at once, and yields the results in order; memory holds `ahead` of them.
 * When a task fails or the consumer stops, no further task starts.
 */
export async function* prefetch<T>(count: number, ahead: number, task: (at: number) => Promise<T>): AsyncGenerator<T> {
  const running: Promise<T>[] = []
  let next = 0
  const start = (): void => {
    const result = task(next++)
    // A failure is thrown in its turn; until then it must not count as unhandled.
    result.catch(() => undefined)
    running.push(result)
  }
  while (next < count || running.length > 0) {
    while (next < count && running.length < ahead) start()
    yield await running.shift()!
  }
}
