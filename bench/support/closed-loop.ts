/** Closed-loop clients: each sends its next request when the last one was answered. */
export interface LoopResult {
  /** Requests a second, all clients together. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

export interface LoopOptions {
  clients: number
  warmUpMs: number
  measureMs: number
}

/** @param request one request of client `client`, its `sequence`-th */
export async function closedLoop(
  { clients, warmUpMs, measureMs }: LoopOptions,
  request: (client: number, sequence: number) => Promise<unknown>,
): Promise<LoopResult> {
  const latencies: number[] = []
  const start = performance.now() + warmUpMs
  const end = start + measureMs
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let sequence = 0; ; sequence++) {
        const from = performance.now()
        if (from >= end) return
        await request(client, sequence)
        const to = performance.now()
        if (from >= start && to <= end) latencies.push(to - from)
      }
    }),
  )
  latencies.sort((a, b) => a - b)
  const at = (quantile: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * quantile))] ?? NaN
  return { rate: latencies.length / (measureMs / 1000), p50: at(0.5), p99: at(0.99) }
}
