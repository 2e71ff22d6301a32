/** Doses of a drug as given, and the concentrations that followed, on one clock: hour 0 is the first dose. */
import { convert, isConvertible } from '../../platform/ucum.js'
import { before, earliestDay } from './calendar.js'
import type { Exclusion, ExclusionCode, InputSource, InputValue } from './chosen-input.js'
import type { CodeList, DosesRule, LevelsRule, OwnParameterRule } from './rules.js'
import { isCoded } from './select-history.js'
import { measurementsUnder } from './select-measurement.js'
import { selectParameter } from './select-parameter.js'
import { chose, refused, standingOn, type Selection, type SelectionReason, type SelectionScene } from './selection.js'
import { errorOn, factsOfKind, type FactOf } from './twin-record.js'

const MS_PER_HOUR = 3_600_000
/** FHIR statuses of a dose that reached the person. */
const GIVEN = ['completed', 'in-progress']
const NAMES_TIME = /T\d{2}:\d{2}/

interface GivenDose {
  /** Milliseconds since 1970. */
  start: number
  amount_mg: number
  duration_h: number | null
  source: InputSource
}

interface Course {
  doses: readonly GivenDose[]
  excluded: readonly Omit<Exclusion, 'input'>[]
}

export function selectDoses(rule: DosesRule, name: string, scene: SelectionScene): Selection {
  const drug = drugOf(rule, scene)
  if (drug.codes === undefined) return drug.refusal
  const { doses, excluded } = courseOf(rule, drug.codes, scene)
  const [first] = doses
  if (!first) return refused(reasonOf(excluded, rule.maximumAge), excluded)
  const sources = doses.map(({ source }) => source)
  const given: InputValue[] = []
  const parameters: string[] = [...drug.parameters]
  for (const { start, amount_mg, duration_h } of doses) {
    const dose = { t_h: (start - first.start) / MS_PER_HOUR, amt_mg: amount_mg }
    if (rule.form === 'bolus') given.push(dose)
    else if (duration_h !== null) given.push({ ...dose, dur_h: duration_h })
    else {
      const stated = selectParameter(rule.form.infusion, name, scene)
      if (!stated.chosen) return { ...stated, excluded }
      given.push({ ...dose, dur_h: stated.chosen.value })
      parameters.push(...(stated.chosen.parameters ?? []))
    }
  }
  const by = 'doses as given, hours from the first'
  return chose({ value: given, basis: 'derived', by, sources, ...standingOn(parameters) }, excluded)
}

/** Levels before the first dose belong to no dose of the course and are passed over. */
export function selectLevels(rule: LevelsRule, scene: SelectionScene): Selection {
  const drug = drugOf(rule.doses, scene)
  if (drug.codes === undefined) return drug.refusal
  const analyte = analyteOf(rule, scene)
  if (analyte.codes === undefined) return analyte.refusal
  const [first] = courseOf(rule.doses, drug.codes, scene).doses
  if (!first) return refused({ code: 'missing', of: 'doses' })
  const { maximumAge } = rule
  const { usable, excluded } = measurementsUnder(
    { from: 'measurement', category: rule.category, codes: analyte.codes, unit: 'mg/L', maximumAge },
    scene.record,
    scene.day,
  )
  const levels = usable
    .map(({ value, source }) => ({ mgL: value, time: Date.parse(source.observedAt ?? ''), source }))
    .filter(({ time, source }) => NAMES_TIME.test(source.observedAt ?? '') && time >= first.start)
    .sort((one, other) => one.time - other.time)
  if (levels.length === 0) return refused(reasonOf(excluded, maximumAge), excluded)
  const value = levels.map(({ mgL, time }) => ({ t_h: (time - first.start) / MS_PER_HOUR, mgL }))
  const sources = [...levels.map(({ source }) => source), first.source]
  const by = 'concentrations, hours from the first dose'
  const parameters = [...drug.parameters, ...analyte.parameters]
  return chose({ value, basis: 'derived', by, sources, ...standingOn(parameters) }, excluded)
}

type Resolved<Codes> = { codes: Codes; parameters: readonly string[] } | { codes: undefined; refusal: Selection }

function drugOf({ drug }: DosesRule, scene: SelectionScene): Resolved<CodeList> {
  if (!('from' in drug)) return { codes: drug, parameters: [] }
  return resolved(drug, scene, (rxnorm) => ({ rxnorm: [rxnorm] }))
}

function analyteOf({ codes }: LevelsRule, scene: SelectionScene): Resolved<readonly string[]> {
  if (!('from' in codes)) return { codes, parameters: [] }
  return resolved(codes, scene, (loinc) => [loinc])
}

/** A drug or an analyte that nobody named is not looked for. */
function resolved<Codes>(
  rule: OwnParameterRule,
  scene: SelectionScene,
  asCodes: (code: string) => Codes,
): Resolved<Codes> {
  const { chosen, ...refusal } = selectParameter(rule, rule.specification.name, scene)
  if (chosen) return { codes: asCodes(String(chosen.value)), parameters: chosen.parameters ?? [] }
  return {
    codes: undefined,
    refusal: refusal.reasons.length > 0 ? { chosen, ...refusal } : refused({ code: 'missing' }),
  }
}

/** Oldest first. A dose without an hour, or without an amount in mass, cannot be placed on a curve. */
function courseOf(
  { maximumAge }: DosesRule,
  drug: CodeList,
  { record, day }: Pick<SelectionScene, 'record' | 'day'>,
): Course {
  const oldest = before(day, maximumAge)
  const doses: GivenDose[] = []
  const excluded: Omit<Exclusion, 'input'>[] = []
  for (const { eventId, fact } of factsOfKind(record, 'medication')) {
    if (fact.intent !== 'administration') continue
    const code = isCoded(drug, fact.code)
    if (code === null) continue
    const quality = errorOn(record, eventId)
    const unfit = quality === undefined ? unusable(fact, oldest, day) : 'quality-error'
    if (unfit !== undefined) {
      excluded.push({ eventId, code: unfit, ...(quality !== undefined && { rule: quality }) })
      continue
    }
    doses.push(doseOf(eventId, code, fact))
  }
  return { doses: doses.sort((one, other) => one.start - other.start), excluded }
}

function unusable(
  { status, dose, period }: FactOf<'medication'>,
  oldest: string,
  day: string,
): ExclusionCode | undefined {
  if (!GIVEN.includes(status)) return 'not-final'
  if (period === undefined || !NAMES_TIME.test(period.at)) return 'undated'
  const given = earliestDay(period.at)!
  if (given > day) return 'in-future'
  if (given < oldest) return 'stale'
  if (dose === undefined) return 'no-value'
  return isConvertible(dose.unit, 'mg') ? undefined : 'unit-not-convertible'
}

function doseOf(eventId: string, code: string, { dose, period }: FactOf<'medication'>): GivenDose {
  const { value, unit } = dose!
  const { at, until } = period!
  const start = Date.parse(at)
  const hours = (Date.parse(until ?? '') - start) / MS_PER_HOUR
  return {
    start,
    amount_mg: convert(value, unit, 'mg'),
    duration_h: hours > 0 ? hours : null,
    source: { eventId, code, value, unit, observedAt: at },
  }
}

/** What comes nearest to a usable dose or level tells best what to do about it. */
const NEAREST_FIRST: readonly ExclusionCode[] = [
  'quality-error',
  'unit-not-convertible',
  'undated',
  'censored',
  'stale',
]

function reasonOf(excluded: Course['excluded'], maximumAge: string): SelectionReason {
  const code = NEAREST_FIRST.find((candidate) => excluded.some((exclusion) => exclusion.code === candidate))
  if (code === undefined) return { code: 'missing' }
  return code === 'stale' ? { code, limit: maximumAge } : { code }
}
