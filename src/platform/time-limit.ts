/**
 * Runs `work` with a signal that aborts when the time is up (with a `TimeoutError`) or when `signal` does.
 *
 * Not `AbortSignal.any([AbortSignal.timeout(…)])`: in Node.js 20 the garbage collector may take such a timeout before it fires, and
 * what waits for it waits for ever (nodejs/node#57736).
 */
export async function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const stop = () => limit.abort(signal?.reason)
  const timer = setTimeout(() => limit.abort(new DOMException('The time is up.', 'TimeoutError')), ms)
  signal?.addEventListener('abort', stop)
  try {
    if (signal?.aborted) stop()
    return await work(limit.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
