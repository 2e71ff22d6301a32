/** Diagnoses, procedures and drugs as yes or no. What no entry says is taken as no, and recorded as just that. */
import { before, earliestDay } from './calendar.js'
import type { ChosenInput, InputSource } from './chosen-input.js'
import type { CodeList, HistoryRule, MedicationRule } from './rules.js'
import { refused, type Selection } from './selection.js'
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

export function selectHistory(rule: HistoryRule, record: TwinRecord, day: string): Selection {
  const { conditions, procedures = {}, which, absent } = rule
  const since = typeof which === 'object' ? before(day, which.within) : null
  const isRecent = (...times: readonly (string | undefined)[]): boolean =>
    since === null || times.some((at) => (earliestDay(at ?? '') ?? '') >= since)
  const diagnoses = diagnosesIn(record, day).filter(({ fact: { clinicalStatus, onset, abated } }) => {
    const isOver = OVER.includes(clinicalStatus ?? '')
    if (which === 'current') return !isOver
    return which === 'ever' || !isOver || isRecent(onset?.at, abated?.at)
  })
  const operations = factsOfKind(record, 'procedure').filter(
    ({ fact }) => PERFORMED.includes(fact.status) && hasBegun(fact.performed?.at, day) && isRecent(fact.performed?.at),
  )
  const found = yesOrNo(record, [
    ...matching(diagnoses, conditions, ({ onset }) => onset?.at),
    ...matching(operations, procedures, ({ performed }) => performed?.at),
  ])
  return absent === 'unknown' && found.chosen?.value === false ? refused({ code: 'missing' }) : found
}

/** When the first of the conditions began; null when none is on record, `day` null when no onset is. */
export function firstOnset(
  record: TwinRecord,
  conditions: CodeList,
  day: string,
): { day: string | null; source: InputSource } | null {
  const [first] = matching(diagnosesIn(record, day), conditions, ({ onset }) => onset?.at)
    .filter(({ eventId }) => errorOn(record, eventId) === undefined)
    .map((source) => ({ day: earliestDay(source.observedAt ?? ''), source }))
    .sort((one, other) => ((one.day ?? '9999') < (other.day ?? '9999') ? -1 : 1))
  return first ?? null
}

function diagnosesIn(record: TwinRecord, day: string): StandingFact<'condition'>[] {
  return factsOfKind(record, 'condition').filter(
    ({ fact }) => !DENIED.includes(fact.verificationStatus ?? '') && hasBegun(fact.onset?.at, day),
  )
}

export function selectMedication({ codes }: MedicationRule, record: TwinRecord, day: string): Selection {
  const taken = factsOfKind(record, 'medication').filter(
    ({ fact }) => fact.intent !== 'administration' && isTaken(fact, day),
  )
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
    const code = isCoded(codes, (fact as Coded).code)
    if (code === null) return []
    const observedAt = at(fact)
    return [{ eventId, code, ...(observedAt !== undefined && { observedAt }) }]
  })
}

/** The code as `system|code` when it is on the list, else null. */
export function isCoded(codes: CodeList, { system, code }: Coded['code']): string | null {
  const known = SYSTEMS[system]
  if (known === undefined) return null
  const list = codes[known] ?? []
  const isOn = known === 'icd10' ? list.some((category) => code.startsWith(category)) : list.includes(code)
  return isOn ? `${known}|${code}` : null
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
