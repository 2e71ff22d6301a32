/** The newest usable observation under a list of codes, with everything that was passed over. */
import { convert, isConvertible } from '../../platform/ucum.js'
import { before, earliestDay } from './calendar.js'
import type { Exclusion, ExclusionCode, InputReason, InputSource } from './chosen-input.js'
import type { AnswerRule, MeasurementRule } from './rules.js'
import type { Selection } from './selection.js'
import { errorOn, factsOfKind, type FactOf, type TwinRecord } from './twin-record.js'

type Observation = FactOf<'observation'>
type Part = Pick<Observation, 'code' | 'quantity' | 'coded'>

interface Candidate {
  eventId: string
  position: number
  observation: Observation
  part: Part
  day: string | null
}

/** FHIR statuses of a result that may be used. */
const FINAL = ['final', 'amended', 'corrected']
const LOINC = 'http://loinc.org'

export function selectMeasurement(rule: MeasurementRule, record: TwinRecord, day: string): Selection {
  return newest(rule, record, day, readQuantity(rule))
}

/** Every usable measurement in the model's unit, newest first, with what was passed over. */
export function measurementsUnder(
  rule: MeasurementRule,
  record: TwinRecord,
  day: string,
): { usable: { value: number; source: InputSource }[]; excluded: Omit<Exclusion, 'input'>[] } {
  const usable: { value: number; source: InputSource }[] = []
  const excluded: Omit<Exclusion, 'input'>[] = []
  const read = readQuantity(rule)
  for (const candidate of candidatesFor(rule.codes, record)) {
    const looked = look(candidate, rule, record, day, read)
    if ('exclusion' in looked) excluded.push(looked.exclusion)
    else usable.push({ value: Number(looked.reading.value), source: looked.source })
  }
  return { usable, excluded }
}

function readQuantity(rule: MeasurementRule): (candidate: Candidate) => Reading | ExclusionCode {
  return ({ part: { quantity } }) => {
    if (quantity === undefined) return 'no-value'
    if (quantity.comparator !== undefined && !(rule.censoredBelow && quantity.comparator.startsWith('<')))
      return 'censored'
    const { value, unit } = quantity
    const options = rule.molarMass === undefined ? {} : { molarMass: rule.molarMass }
    if (!isConvertible(unit, rule.unit, options)) return 'unit-not-convertible'
    return { value: convert(value, unit, rule.unit, options), unit: rule.unit, recorded: { value, unit } }
  }
}

export function selectAnswer(rule: AnswerRule, record: TwinRecord, day: string): Selection {
  return newest(rule, record, day, ({ part: { coded } }) => {
    if (coded === undefined) return 'no-value'
    const value = rule.answers[coded.code]
    return value === undefined ? 'value-not-understood' : { value, recorded: { value: coded.code } }
  })
}

interface Reading {
  value: number | string | boolean
  unit?: string
  recorded: { value: number | string; unit?: string }
}

function newest(
  rule: MeasurementRule | AnswerRule,
  record: TwinRecord,
  day: string,
  read: (candidate: Candidate) => Reading | ExclusionCode,
): Selection {
  const excluded: Omit<Exclusion, 'input'>[] = []
  for (const candidate of candidatesFor(rule.codes, record)) {
    const looked = look(candidate, rule, record, day, read)
    if ('exclusion' in looked) {
      excluded.push(looked.exclusion)
      continue
    }
    const { recorded: _recorded, ...value } = looked.reading
    return { chosen: { ...value, basis: 'recorded', sources: [looked.source] }, excluded, reasons: [] }
  }
  return { chosen: null, excluded, reasons: [reasonFor(excluded, rule.maximumAge)] }
}

/** One candidate: what it says and where that is on record, or why it cannot serve. */
function look(
  candidate: Candidate,
  { maximumAge }: MeasurementRule | AnswerRule,
  record: TwinRecord,
  day: string,
  read: (candidate: Candidate) => Reading | ExclusionCode,
): { reading: Reading; source: InputSource } | { exclusion: Omit<Exclusion, 'input'> } {
  const { eventId, observation, part } = candidate
  const rule = errorOn(record, eventId, part.code.code)
  const oldest = maximumAge === undefined ? '' : before(day, maximumAge)
  const unfit = rule === undefined ? unusable(candidate, oldest, day) : 'quality-error'
  const reading = unfit ?? read(candidate)
  if (typeof reading === 'string') return { exclusion: { eventId, code: reading, ...(rule !== undefined && { rule }) } }
  const observedAt = observation.effective!.until ?? observation.effective!.at
  return { reading, source: { eventId, code: `loinc|${part.code.code}`, ...reading.recorded, observedAt } }
}

/** Newest first; of one moment, the code named first, then what was recorded last. */
function candidatesFor(codes: readonly string[], record: TwinRecord): Candidate[] {
  const moment = ({ observation: { effective } }: Candidate) => Date.parse(effective?.until ?? effective?.at ?? '') || 0
  const candidates: Candidate[] = []
  for (const { eventId, position, fact: observation } of factsOfKind(record, 'observation')) {
    const parts = observation.components ? [observation, ...observation.components] : [observation]
    for (const part of parts) {
      if (part.code.system !== LOINC || !codes.includes(part.code.code)) continue
      const effective = observation.effective?.until ?? observation.effective?.at
      const day = effective === undefined ? null : earliestDay(effective)
      candidates.push({ eventId, position, observation, part, day })
    }
  }
  return candidates.sort(
    (one, other) =>
      moment(other) - moment(one) ||
      codes.indexOf(one.part.code.code) - codes.indexOf(other.part.code.code) ||
      other.position - one.position,
  )
}

function unusable({ observation, day: observed }: Candidate, oldest: string, day: string): ExclusionCode | undefined {
  if (!FINAL.includes(observation.status)) return 'not-final'
  if (observed === null) return 'undated'
  if (observed > day) return 'in-future'
  return observed < oldest ? 'stale' : undefined
}

/** Of all that was passed over, what comes nearest to being usable tells best what to do about it. */
const NEAREST_FIRST: readonly ExclusionCode[] = [
  'quality-error',
  'unit-not-convertible',
  'value-not-understood',
  'censored',
  'stale',
  'undated',
  'in-future',
  'not-final',
  'no-value',
]

function reasonFor(
  excluded: readonly { code: ExclusionCode }[],
  maximumAge: string | undefined,
): Omit<InputReason, 'input'> {
  const code = NEAREST_FIRST.find((candidate) => excluded.some((exclusion) => exclusion.code === candidate))
  if (code === undefined || code === 'no-value') return { code: 'missing' }
  return code === 'stale' && maximumAge !== undefined ? { code, limit: maximumAge } : { code }
}
