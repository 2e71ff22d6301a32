/** The decision model of computing a cohort again: asked for, done part by part, cancelled or brought to its end. Pure. */
import type { Actor } from '../../../ledger/event.js'
import { Conflict, NotFound } from '../../../platform/errors.js'
import type { CohortEvent, ReplayCounts } from '../events.js'

export type ReplayStatus = 'running' | 'cancelled' | 'finished'

/** One time that a cohort is computed again. */
export interface ReplayState {
  readonly status: ReplayStatus
  /** Who asked, and the event that says so: the comparisons are theirs. */
  readonly asked: { readonly actor: Actor; readonly correlation: string; readonly event: string }
  /** By part. */
  readonly finished: ReadonlyMap<number, ReplayCounts>
}

export type Replays = ReadonlyMap<string, ReplayState>

export type ReplayCommand =
  | { type: 'request-replay'; replay: string }
  | { type: 'finish-replay-part'; replay: string; part: number; counts: ReplayCounts }
  | { type: 'cancel-replay'; replay: string }

/**
 * @param parts of the cohort, which has ended
 * @throws NotFound `replay-not-found`; Conflict `replay-running`: one at a time; `replay-ended`
 */
export function decideReplay(replays: Replays, parts: number, command: ReplayCommand): CohortEvent[] {
  const { replay } = command
  const found = replays.get(replay)
  if (command.type === 'request-replay') {
    if (found) return []
    const [running] = runningOf(replays)
    if (running !== undefined)
      throw new Conflict('replay-running', 'The cohort is being computed again already.', { replay: running })
    return [{ type: 'cohort.replay-requested', data: { replay } }]
  }
  if (!found) throw new NotFound('replay-not-found', 'The cohort was not computed again under this id.')
  if (command.type === 'cancel-replay') {
    if (found.status === 'finished') throw new Conflict('replay-ended', 'The comparison has ended already.')
    return found.status === 'cancelled' ? [] : [{ type: 'cohort.replay-cancelled', data: { replay } }]
  }
  const { part, counts } = command
  // Two processes may have worked on the part, or somebody cancelled meanwhile.
  if (found.status !== 'running' || found.finished.has(part)) return []
  const recorded: CohortEvent = { type: 'cohort.replay-part-finished', data: { replay, part, counts } }
  if (found.finished.size + 1 < parts) return [recorded]
  const sum = sumOfCounts([...found.finished.values(), counts])
  return [recorded, { type: 'cohort.replayed', data: { ...sum, replay } }]
}

/** The replays that have not come to an end. */
export function runningOf(replays: Replays): string[] {
  return [...replays].flatMap(([replay, { status }]) => (status === 'running' ? [replay] : []))
}

/** With the first difference that any of them has. */
export function sumOfCounts(all: Iterable<ReplayCounts>): ReplayCounts {
  const sum: ReplayCounts = { equal: 0, differing: 0, notRepeatable: 0 }
  for (const { equal, differing, notRepeatable, firstDifference } of all) {
    sum.equal += equal
    sum.differing += differing
    sum.notRepeatable += notRepeatable
    if (firstDifference) sum.firstDifference ??= firstDifference
  }
  return sum
}
