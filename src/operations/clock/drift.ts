/** The decision model of the clock's drift: one event when it becomes too large, one when it is small again. Pure. */
import type { Decider } from '../../journal/decider.js'
import type { ClockEvent, ClockReading, ClockReference } from './events.js'

/** References the clock differs too much from, with the difference at which that began, without its sign. */
export type DriftState = Readonly<Partial<Record<ClockReference, number>>>

export interface NoteReading {
  type: 'note'
  instance: string
  reading: ClockReading
  /** The largest difference seen in this episode. */
  largestMs: number
}

export const driftDecider: Decider<DriftState, NoteReading, ClockEvent> = { initial: {}, evolve, decide }

export function evolve(state: DriftState, { type, data }: ClockEvent): DriftState {
  if (type === 'clock.drift-began') return { ...state, [data.against]: Math.abs(data.differenceMs) }
  const { [data.against]: _over, ...open } = state
  return open
}

/** An episode ends well below where it began, so that a clock at the limit is not many episodes. */
export function decide(state: DriftState, { instance, reading, largestMs }: NoteReading): ClockEvent[] {
  const began = state[reading.against]
  const excess = certainDifference(reading)
  if (began === undefined)
    return excess > reading.limitMs ? [{ type: 'clock.drift-began', data: { instance, ...reading } }] : []
  if (excess > reading.limitMs / 2) return []
  return [{ type: 'clock.drift-ended', data: { instance, ...reading, largestMs: Math.max(began, largestMs) } }]
}

/** Milliseconds by which the clock differs at the least. */
export function certainDifference({ differenceMs, uncertaintyMs }: ClockReading): number {
  return Math.max(0, Math.abs(differenceMs) - uncertaintyMs)
}
