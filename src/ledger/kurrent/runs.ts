/** Positions → the ranges to read for them. */

export interface Run {
  from: number
  count: number
}

/** To read over so many entries that nobody asked for costs less than another call. */
const WIDEST_GAP = 4
/** Entries in one call: what they may hold at the most has to fit into memory. */
export const LONGEST_RUN = 100

/** Ranges, in order, that hold all of the positions and little besides. */
export function runsOf(positions: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    const reach = run ? position - run.from + 1 : Infinity
    if (run && position - (run.from + run.count) <= WIDEST_GAP && reach <= LONGEST_RUN) run.count = reach
    else runs.push({ from: position, count: 1 })
  }
  return runs
}
