import { describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '../../../src/journal/decider.js'
import { cohortDecider, type CohortCommand, type CohortState } from '../../../src/simulations/cohorts/cohort.js'
import type { CohortEvent, ReplayCounts } from '../../../src/simulations/cohorts/events.js'
import type { SimulationEvent } from '../../../src/simulations/events.js'
import { simulationDecider } from '../../../src/simulations/simulation.js'
import { openReplayParts } from '../../../src/simulations/cohorts/replay/replay-parts.js'

const metadata = { id: 'event-1', actor: { id: 'inspector', role: 'regulator' }, correlation: 'c' } as EventMetadata
const outcomes = { completed: 1, refused: 0, failed: 0, cancelled: 0, notRun: 0 }
const order = { model: 'cvd.prevent-2023', purpose: 'HRESCH', day: '2026-06-01' } as const
const requested: CohortEvent = {
  type: 'cohort.requested',
  data: { order, version: '1.0.0', size: 2, parts: 2, selection: { by: 'list' } },
}
const partFinished = (part: number): CohortEvent => ({ type: 'cohort.part-finished', data: { part, outcomes } })
const ended: CohortEvent[] = [
  requested,
  partFinished(0),
  partFinished(1),
  { type: 'cohort.finished', data: { outcomes: { ...outcomes, completed: 2 } } },
]
const asked: CohortEvent = { type: 'cohort.replay-requested', data: { replay: 'r1' } }
const cancelled: CohortEvent = { type: 'cohort.replay-cancelled', data: { replay: 'r1' } }
const equal: ReplayCounts = { equal: 1, differing: 0, notRepeatable: 0 }
const compared = (part: number, counts = equal): CohortEvent => ({
  type: 'cohort.replay-part-finished',
  data: { replay: 'r1', part, counts },
})

const given = (...events: CohortEvent[]): CohortState =>
  events.reduce((state, event) => cohortDecider.evolve(state, event, metadata), cohortDecider.initial)
const when = (state: CohortState, command: CohortCommand) => cohortDecider.decide(state, command)
const refused = (state: CohortState, command: CohortCommand) => {
  try {
    return when(state, command)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('computing a cohort again', () => {
  it('is asked for once the cohort has ended, and one at a time', () => {
    expect(refused(given(requested), { type: 'request-replay', replay: 'r1' })).toBe('cohort-not-ended')
    expect(when(given(...ended), { type: 'request-replay', replay: 'r1' })).toEqual([asked])
    expect(when(given(...ended, asked), { type: 'request-replay', replay: 'r1' })).toEqual([])
    expect(refused(given(...ended, asked), { type: 'request-replay', replay: 'r2' })).toBe('replay-running')
    expect(when(given(...ended, asked, cancelled), { type: 'request-replay', replay: 'r2' })).toHaveLength(1)
  })

  it('is done part by part, each once, and ends with the sum and the first difference', () => {
    const firstDifference = {
      run: 'run-1',
      quantity: 'y10.ascvd',
      codeChanged: false,
      runtime: { recorded: {}, again: {} },
    }
    const differing: ReplayCounts = { equal: 0, differing: 1, notRepeatable: 2, firstDifference }
    const state = given(...ended, asked, compared(1, differing))
    expect(openReplayParts(state, 'r1')).toEqual([0])
    expect(when(state, { type: 'finish-replay-part', replay: 'r1', part: 1, counts: equal })).toEqual([])
    expect(when(state, { type: 'finish-replay-part', replay: 'r1', part: 0, counts: equal })).toEqual([
      compared(0),
      { type: 'cohort.replayed', data: { replay: 'r1', equal: 1, differing: 1, notRepeatable: 2, firstDifference } },
    ])
  })

  it('knows who asked, so that the comparisons are theirs', () => {
    expect(given(...ended, asked).replays.get('r1')!.asked).toEqual({
      actor: metadata.actor,
      correlation: 'c',
      event: 'event-1',
    })
  })

  it('records nothing more after it was cancelled', () => {
    const state = given(...ended, asked, compared(0), cancelled)
    expect(openReplayParts(state, 'r1')).toEqual([])
    expect(when(state, { type: 'finish-replay-part', replay: 'r1', part: 1, counts: equal })).toEqual([])
    expect(when(state, { type: 'cancel-replay', replay: 'r1' })).toEqual([])
  })

  it('is cancelled while it runs, and not after its end', () => {
    expect(when(given(...ended, asked), { type: 'cancel-replay', replay: 'r1' })).toEqual([cancelled])
    expect(refused(given(...ended), { type: 'cancel-replay', replay: 'r1' })).toBe('replay-not-found')
    const replayed: CohortEvent = { type: 'cohort.replayed', data: { ...equal, replay: 'r1' } }
    const state = given(...ended, asked, compared(0), compared(1), replayed)
    expect(refused(state, { type: 'cancel-replay', replay: 'r1' })).toBe('replay-ended')
  })
})

describe('the comparison of a run, which two processes make after a lease was lost', () => {
  const comparison = { equal: true, codeDigest: 'c', codeChanged: false, runtime: {} as never }
  const compare = (askedBy?: string) => ({ type: 'record-replay', replay: comparison, askedBy }) as const
  const replayed = { type: 'simulation.replayed', data: comparison } as const
  const past = (...events: [SimulationEvent, causation?: string][]) =>
    events.reduce(
      (state, [event, causation]) => simulationDecider.evolve(state, event, { ...metadata, causation }),
      simulationDecider.initial,
    )
  const completed: [SimulationEvent] = [{ type: 'simulation.completed', data: {} as never }]

  it('is recorded once for the event that asked for it, and again for another', () => {
    expect(simulationDecider.decide(past(completed), compare('asked-1'))).toEqual([replayed])
    const compared = past(completed, [replayed, 'asked-1'])
    expect(simulationDecider.decide(compared, compare('asked-1'))).toEqual([])
    expect(simulationDecider.decide(compared, compare('asked-2'))).toEqual([replayed])
  })

  it('is recorded as often as somebody asks for that run alone', () => {
    expect(simulationDecider.decide(past(completed, [replayed]), compare())).toEqual([replayed])
  })
})
