/** Closed-loop clients, and peers measured in turns. */
export interface LoopResult {
  /** Requests a second, all clients together: the median of the rounds. */
  rate: number
  /** Milliseconds, over all rounds. */
  p50: number
  p99: number
  /** Microseconds of Node.js's processor time a request, clients included: the median of the rounds. */
  node: number
}

export interface LoopOptions {
  clients: number
  warmUpMs: number
  measureMs: number
}

/** @param sequence counts the requests of one client */
export type Request = (client: number, sequence: number) => Promise<unknown>

interface Round {
  /** Milliseconds of all requests that began and ended within the measured time. */
  latencies: number[]
  /** Microseconds of processor time a request, the warm-up included. */
  node: number
}

async function closedLoop({ clients, warmUpMs, measureMs }: LoopOptions, request: Request): Promise<Round> {
  const latencies: number[] = []
  let requests = 0
  const before = process.cpuUsage()
  const start = performance.now() + warmUpMs
  const end = start + measureMs
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let sequence = 0; ; sequence++) {
        const from = performance.now()
        if (from >= end) return
        await request(client, sequence)
        requests++
        const to = performance.now()
        if (from >= start && to <= end) latencies.push(to - from)
      }
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return { latencies, node: (user + system) / requests }
}

/**
 * Measures peers in turns, round by round, so that whatever else the machine does meets all of them alike.
 *
 * @returns one result for each peer, by name
 */
export async function inTurns<Name extends string>(
  peers: Record<Name, Request>,
  rounds: number,
  options: LoopOptions,
): Promise<Record<Name, LoopResult>> {
  const names = Object.keys(peers) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<Name, Round[]>
  for (let round = 0; round < rounds; round++)
    for (const name of names) measured[name].push(await closedLoop(options, peers[name]))
  return Object.fromEntries(names.map((name) => [name, summary(measured[name], options.measureMs)])) as Record<
    Name,
    LoopResult
  >
}

function summary(rounds: readonly Round[], measureMs: number): LoopResult {
  const rates = rounds.map((round) => round.latencies.length / (measureMs / 1000))
  const latencies = rounds.flatMap((round) => round.latencies)
  const node = rounds.map((round) => round.node)
  return {
    rate: quantile(rates, 0.5),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    node: quantile(node, 0.5),
  }
}

/** The value that the share `q` of `values` does not exceed; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN
}
