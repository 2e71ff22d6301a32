/** Diagnoses, procedures and drugs as yes or no. What no entry says is taken as no, and recorded as just that. */
import { earliestDay } from './calendar.js'
import type { ChosenInput, InputSource } from './chosen-input.js'
import type { CodeList, HistoryRule, MedicationRule } from './mapping.js'
import type { Selection } from './select-measurement.js'
import { errorOn, factsOfKind, type FactOf, type StandingFact, type TwinRecord } from './twin-record.js'

const SYSTEMS: Readonly<Record<string, keyof CodeList>> = {
  'http://loinc.org': 'loinc',
  'http://snomed.info/sct': 'snomed',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
  'http://hl7.org/fhir/sid/icd-10': 'icd10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd10',
}
/** FHIR verification statuses that say that the person does not have it. */
const DENIED = ['refuted', 'entered-in-error']
/** FHIR clinical statuses that say that it is over. */
const OVER = ['inactive', 'remission', 'resolved']
const PERFORMED = ['completed', 'in-progress']

export function selectHistory(
  { conditions, procedures = {}, which }: HistoryRule,
  record: TwinRecord,
  day: string,
): Selection {
  const diagnoses = factsOfKind(record, 'condition').filter(
    ({ fact }) =>
      !DENIED.includes(fact.verificationStatus ?? '') &&
      (which === 'ever' || !OVER.includes(fact.clinicalStatus ?? '')) &&
      hasBegun(fact.onset?.at, day),
  )
  const operations = factsOfKind(record, 'procedure').filter(
    ({ fact }) => PERFORMED.includes(fact.status) && hasBegun(fact.performed?.at, day),
  )
  return yesOrNo(record, [
    ...matching(diagnoses, conditions, ({ onset }) => onset?.at),
    ...matching(operations, procedures, ({ performed }) => performed?.at),
  ])
}

export function selectMedication({ codes }: MedicationRule, record: TwinRecord, day: string): Selection {
  const taken = factsOfKind(record, 'medication').filter(({ fact }) => isTaken(fact, day))
  return yesOrNo(
    record,
    matching(taken, codes, ({ period }) => period?.at),
  )
}

/** An active order or statement counts until its end, if it has one; a completed one only to its end. */
function isTaken({ status, period }: FactOf<'medication'>, day: string): boolean {
  if (!hasBegun(period?.at, day)) return false
  if (period?.until === undefined) return status === 'active'
  return (status === 'active' || status === 'completed') && !isOver(period.until, day)
}

type Coded = FactOf<'condition' | 'procedure' | 'medication'>

function matching<Kind extends Coded['kind']>(
  facts: readonly StandingFact<Kind>[],
  codes: CodeList,
  at: (fact: FactOf<Kind>) => string | undefined,
): InputSource[] {
  return facts.flatMap(({ eventId, fact }) => {
    const { system, code } = (fact as Coded).code
    const known = SYSTEMS[system]
    if (known === undefined || !isIn(codes, known, code)) return []
    const observedAt = at(fact)
    return [{ eventId, code: `${known}|${code}`, ...(observedAt !== undefined && { observedAt }) }]
  })
}

function isIn(codes: CodeList, system: keyof CodeList, code: string): boolean {
  const list = codes[system] ?? []
  return system === 'icd10' ? list.some((category) => code.startsWith(category)) : list.includes(code)
}

/** A diagnosis with a quality error still counts: to overlook a disease is the graver mistake. Only errors of entry do not. */
function yesOrNo(record: TwinRecord, sources: readonly InputSource[]): Selection {
  const standing = sources.filter(({ eventId }) => errorOn(record, eventId) !== 'fact.entered-in-error')
  const chosen: Omit<ChosenInput, 'input'> =
    standing.length > 0
      ? { value: true, basis: 'recorded', sources: standing }
      : { value: false, basis: 'not-in-record', sources: [] }
  return { chosen, excluded: [], reasons: [] }
}

const hasBegun = (at: string | undefined, day: string): boolean => (earliestDay(at ?? '') ?? day) <= day
const isOver = (until: string, day: string): boolean => (earliestDay(until) ?? day) < day
