/** Runs as a person reads them. */
import type { InputReason, ModelSpecification, RunStatus } from '../../api/simulations.js'
import type { Tone } from '../../components/badge.js'
import { words } from '../../components/values.js'

export const STATUS_TONES: Record<RunStatus, Tone> = {
  requested: 'neutral',
  completed: 'good',
  refused: 'caution',
  failed: 'bad',
  cancelled: 'neutral',
}

const REASONS: Record<string, string> = {
  missing: 'is not recorded',
  'quality-error': 'has an error in its data',
  stale: 'is too old',
  'in-future': 'is dated in the future',
  undated: 'has no date',
  'not-final': 'is not a final result',
  censored: 'is known only as a limit',
  'no-value': 'has no value',
  'unit-not-convertible': 'is in a unit that cannot be converted',
  'value-not-understood': 'cannot be understood',
  'out-of-range': 'is outside the range the model holds for',
  'wrong-type': 'is of the wrong kind',
  'not-allowed': 'is not one of the values the model takes',
  'not-applicable': 'is of somebody the model was not made for',
  imprecise: 'is not known precisely enough',
  deceased: 'cannot be asked for: the person has died',
}

/** Input → what it is, in the field's own term. */
export type InputNames = ReadonlyMap<string, string>

export const inputNames = ({ inputs }: ModelSpecification): InputNames =>
  new Map(inputs.map(({ name, quantity }) => [name, quantity]))

/** Why a run ended without a result: `<input>:<code>` reads "total c is too old". */
export function codeWords(said: string): string {
  const [input, code] = said.split(':')
  return code === undefined ? words(said) : `${words(input!)} ${REASONS[code] ?? words(code)}`
}

/** An input in the way of a run: what it is, what is wrong, and the limit that it meets. */
export function reasonText({ input, code, limit }: InputReason, names: InputNames): string {
  return `${names.get(input) ?? words(input)} ${REASONS[code] ?? words(code)}${limit ? ` (${limit})` : ''}`
}
