/** Rules about a whole fact: its code, its dates, the person it is about and the facts beside it. */
import type { ClinicalFact, FactTime, Observation } from '../facts.js'
import { intervalOf, isBefore, type Interval } from './fact-time.js'
import { LOINC, POSTHUMOUS, SEX_SPECIFIC, SNOMED_CT } from './observables.js'
import { codeOf, type FactRule, type JudgementContext } from './rule.js'

/** Clocks of senders run ahead, and dates without a time zone are judged at their earliest. */
const CLOCK_SLACK_MS = 60 * 60_000

export const FACT_RULES: readonly FactRule[] = [
  {
    id: 'fact.code-missing',
    dimension: 'conformance',
    severity: 'error',
    meaning: 'There is no code, or a code without its system: nobody can tell what the fact is about.',
    violated: (fact) =>
      'code' in fact ? !fact.code.code || !fact.code.system : fact.kind === 'genotype' && !fact.gene,
  },
  {
    id: 'fact.date-malformed',
    dimension: 'conformance',
    severity: 'error',
    meaning: 'A date is not a FHIR date or dateTime, or not a day of the calendar.',
    violated: (fact) => dates(fact).some((date) => intervalOf(date) === null),
  },
  {
    id: 'fact.entered-in-error',
    dimension: 'conformance',
    severity: 'error',
    meaning: 'The sender marked it as entered in error.',
    violated: (fact) =>
      ('status' in fact && fact.status === 'entered-in-error') ||
      (fact.kind === 'condition' && fact.verificationStatus === 'entered-in-error'),
  },
  {
    id: 'fact.time-missing',
    dimension: 'completeness',
    severity: 'warning',
    meaning: 'It is not known when this was observed, so its currency cannot be judged.',
    violated: (fact) => (fact.kind === 'observation' || fact.kind === 'procedure') && timesOf(fact).length === 0,
  },
  {
    id: 'fact.in-future',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'It is dated after it was recorded.',
    violated: (fact, { now }) => starts(fact).some(({ earliest }) => earliest > now + CLOCK_SLACK_MS),
  },
  {
    id: 'fact.before-birth',
    personal: true,
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'It is dated before the person was born.',
    violated: (fact, context) => {
      const birth = intervalOf(context.demographics?.birthDate ?? '')
      return birth !== null && starts(fact).some((start) => isBefore(start, birth))
    },
  },
  {
    id: 'fact.after-death',
    personal: true,
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'It is dated after the person died.',
    violated: (fact, context) => {
      const death = deathOf(context)
      return death !== null && !isPosthumous(fact) && starts(fact).some((start) => isBefore(death, start))
    },
  },
  {
    id: 'fact.end-before-start',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'It ends before it begins.',
    violated: (fact) => periods(fact).some(({ start, end }) => isBefore(end, start)),
  },
  {
    id: 'fact.sex-conflict',
    personal: true,
    dimension: 'plausibility',
    severity: 'warning',
    meaning: 'The recorded sex does not go with it.',
    violated: (fact, { demographics }) => {
      const sex = demographics?.sex
      return (sex === 'male' && isSpecificTo('female', fact)) || (sex === 'female' && isSpecificTo('male', fact))
    },
  },
  {
    id: 'fact.duplicated',
    dimension: 'plausibility',
    severity: 'warning',
    meaning: 'The same statement was recorded already, under another id of the sender or from another source.',
    violated: (_fact, { repeated }) => repeated,
  },
  {
    id: 'observation.diastolic-not-below-systolic',
    dimension: 'plausibility',
    severity: 'error',
    meaning: 'The diastolic pressure is not below the systolic one.',
    violated: (fact) => {
      if (fact.kind !== 'observation') return false
      const systolic = componentValue(fact, '8480-6')
      const diastolic = componentValue(fact, '8462-4')
      return systolic !== undefined && diastolic !== undefined && diastolic >= systolic
    },
  },
]

/** When the fact was true or done, one entry a statement of time. */
export function timesOf(fact: ClinicalFact): FactTime[] {
  switch (fact.kind) {
    case 'observation':
    case 'genotype':
    case 'report':
      return fact.effective ? [fact.effective] : []
    case 'condition':
      return [fact.onset, fact.abated].filter((time) => time !== undefined)
    case 'medication':
      return fact.period ? [fact.period] : []
    case 'procedure':
      return fact.performed ? [fact.performed] : []
    case 'evidence':
      return []
  }
}

function dates(fact: ClinicalFact): string[] {
  return timesOf(fact).flatMap(({ at, until }) => (until === undefined ? [at] : [at, until]))
}

/** A treatment may be planned to end in the future, so only beginnings are held against the clock, birth and death. */
function starts(fact: ClinicalFact): Interval[] {
  return timesOf(fact)
    .map(({ at }) => intervalOf(at))
    .filter((interval) => interval !== null)
}

function periods(fact: ClinicalFact): { start: Interval; end: Interval }[] {
  const stated = timesOf(fact).map(({ at, until }) => [at, until])
  if (fact.kind === 'condition') stated.push([fact.onset?.at, fact.abated?.at])
  return stated.flatMap(([from, to]) => {
    const start = intervalOf(from ?? '')
    const end = intervalOf(to ?? '')
    return start && end ? [{ start, end }] : []
  })
}

function deathOf({ demographics }: JudgementContext): Interval | null {
  return typeof demographics?.deceased === 'string' ? intervalOf(demographics.deceased) : null
}

/** Reports come late, and a death certificate can only come after death. */
function isPosthumous(fact: ClinicalFact): boolean {
  return fact.kind === 'report' || POSTHUMOUS.has(codeOf(fact)?.code ?? '')
}

function isSpecificTo(sex: 'male' | 'female', fact: ClinicalFact): boolean {
  const code = codeOf(fact)
  const known = code?.system === SNOMED_CT || code?.system === LOINC
  return known && Object.hasOwn(SEX_SPECIFIC[sex], code.code)
}

function componentValue(observation: Observation, code: string): number | undefined {
  return observation.components?.find((part) => part.code.code === code)?.quantity?.value
}
