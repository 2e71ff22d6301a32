/** Judges the record as a whole: what is missing, what has aged, and whether birth and death are possible. */
import type { ClinicalFact, Demographics, Observation } from '../facts.js'
import { timesOf } from './fact-rules.js'
import { intervalOf, isBefore } from './fact-time.js'
import type { QualityDimension, QualityFinding, QualitySeverity } from './finding.js'
import { RECORD_INPUTS, type RecordInput } from './observables.js'
import { measurementsOf } from './rule.js'
import { RULE_SET } from './rule-set.js'

const YEAR_MS = 365.25 * 24 * 3_600_000
/** The longest documented human life is 122 years. */
const LONGEST_LIFE_YEARS = 125

/** The record as it stands. `now` in milliseconds since 1970. */
export interface JudgedRecord {
  demographics: Demographics | null
  standing: readonly ClinicalFact[]
  now: number
}

interface RecordRule {
  id: string
  dimension: QualityDimension
  severity: QualitySeverity
  meaning: string
  /** True, or the codes concerned. */
  violated(record: JudgedRecord, latest: LatestInputs): boolean | string[]
}

/** When each input was last observed, ms; `undated` when only values without a date exist. */
type LatestInputs = ReadonlyMap<RecordInput, number | 'undated'>

export const RECORD_RULES: readonly RecordRule[] = [
  {
    id: 'record.birth-date-missing',
    dimension: 'completeness',
    severity: 'warning',
    meaning: 'Without a date of birth no age can be computed.',
    violated: ({ demographics }) => !demographics?.birthDate,
  },
  {
    id: 'record.sex-missing',
    dimension: 'completeness',
    severity: 'warning',
    meaning: 'Sex is not recorded; most models need it.',
    violated: ({ demographics }) => !demographics?.sex || demographics.sex === 'unknown',
  },
  {
    id: 'record.birth-date-implausible',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'The date of birth is not a date, lies in the future, or further back than a human life.',
    violated: ({ demographics, now }) => {
      if (!demographics?.birthDate) return false
      const birth = intervalOf(demographics.birthDate)
      return birth === null || birth.earliest > now || birth.latest < now - LONGEST_LIFE_YEARS * YEAR_MS
    },
  },
  {
    id: 'record.death-before-birth',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'The date of death lies before the date of birth.',
    violated: ({ demographics }) => {
      const birth = intervalOf(demographics?.birthDate ?? '')
      const death = typeof demographics?.deceased === 'string' ? intervalOf(demographics.deceased) : null
      return birth !== null && death !== null && isBefore(death, birth)
    },
  },
  {
    id: 'record.input-missing',
    dimension: 'completeness',
    severity: 'information',
    meaning: 'A value that cardiometabolic models need was never recorded.',
    violated: (_record, latest) => RECORD_INPUTS.filter((input) => !latest.has(input)).map(({ codes }) => codes[0]),
  },
  {
    id: 'record.input-outdated',
    dimension: 'currency',
    severity: 'information',
    meaning: 'The most recent value is older than a model should rely on.',
    violated: ({ now }, latest) =>
      RECORD_INPUTS.filter((input) => {
        const at = latest.get(input)
        return typeof at === 'number' && at < now - input.currentForYears * YEAR_MS
      }).map(({ codes }) => codes[0]),
  },
]

/** Findings of every rule that the record as a whole violates. */
export function judgeRecord(record: JudgedRecord): QualityFinding[] {
  const latest = latestInputs(record.standing)
  return RECORD_RULES.flatMap(({ id: rule, dimension, severity, violated }) => {
    const found = violated(record, latest)
    const head = { dimension, severity, rule, ruleSet: RULE_SET }
    if (typeof found === 'boolean') return found ? [head] : []
    return found.map((code) => ({ ...head, code }))
  })
}

const INPUT_OF_CODE = new Map(RECORD_INPUTS.flatMap((input) => input.codes.map((code) => [code, input] as const)))

function latestInputs(facts: readonly ClinicalFact[]): LatestInputs {
  const latest = new Map<RecordInput, number | 'undated'>()
  for (const fact of facts) {
    if (fact.kind !== 'observation' || fact.status === 'entered-in-error') continue
    const at = observedAt(fact)
    for (const input of inputsIn(fact)) {
      const known = latest.get(input)
      if (known === undefined || known === 'undated' || (at !== 'undated' && at > known)) latest.set(input, at)
    }
  }
  return latest
}

function inputsIn(observation: Observation): RecordInput[] {
  return measurementsOf(observation)
    .filter(({ quantity, coded, text }) => quantity ?? coded ?? text)
    .map(({ code }) => INPUT_OF_CODE.get(code.code))
    .filter((input) => input !== undefined)
}

function observedAt(observation: Observation): number | 'undated' {
  const time = timesOf(observation)[0]
  return intervalOf(time?.until ?? time?.at ?? '')?.latest ?? 'undated'
}
