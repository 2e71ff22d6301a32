/**
 * Covariates of baseline: what an analysis adjusts for was measured before the person was randomised (EMA qualification opinion on
 * PROCOVA, 2022-09-15; FDA guidance on covariate adjustment, 2023-05). Pure.
 */
import type { InputReason, InputSource } from './chosen-input.js'
import type { SelectedInputs } from './select-inputs.js'
import type { TwinView } from './twin-record.js'

/**
 * The inputs, with a reason against the run for each that rests on a fact observed after the randomisation, and for a person who
 * is looked at as of a later day: age counts on. Of a fact that does not say when it was observed, the time of its recording counts;
 * who the person is has no time.
 *
 * @param day `YYYY-MM-DD`
 * @param randomisedAt RFC 3339, UTC; undefined: nothing binds the inputs
 */
export function asOfBaseline(
  selected: SelectedInputs,
  { facts }: Pick<TwinView, 'facts'>,
  day: string,
  randomisedAt: string | undefined,
): SelectedInputs {
  if (randomisedAt === undefined) return selected
  const limit = randomisedAt.slice(0, 10)
  const recordedAt = new Map(facts.map((fact) => [fact.id, fact.recordedAt]))
  const isLate = ({ eventId, observedAt = recordedAt.get(eventId) }: InputSource) => isAfter(observedAt, randomisedAt)
  const late = selected.inputs
    .filter(({ sources }) => sources.some(isLate))
    .map(({ input }): InputReason => ({ input, code: 'after-randomisation', limit }))
  const aged: InputReason[] = day > limit ? [{ input: 'day', code: 'after-randomisation', limit }] : []
  return { ...selected, reasons: [...selected.reasons, ...aged, ...late] }
}

/** @param time RFC 3339, or a FHIR date, perhaps without day or month: as far as it says, it is compared */
function isAfter(time: string | undefined, randomisedAt: string): boolean {
  if (time === undefined) return false
  if (time.length > 10) return Date.parse(time) > Date.parse(randomisedAt)
  return time > randomisedAt.slice(0, time.length)
}
