/** A twin as an answer shows it, in full or coded. */
import { items } from './chain.js'
import { factsOf, openFindings, type FactRecord } from './fact-history.js'
import type { ClinicalFact, FactKind, FactSource } from './facts.js'
import { meaningOfRule } from './quality/meanings.js'
import type { DemographicsEntry, FindingEntry, RecordedValue, TwinState } from './twin-state.js'
import type { Custody } from './events.js'
import type { ContactDetails, Identifier } from './facts.js'

/** How much a reader may see: `coded` leaves out who it is, the sender's ids, and everything typed as free text. */
export type Detail = 'full' | 'coded'

export type ShownFinding = FindingEntry & { meaning?: string }

/** Who the person is; shown in full detail only. The last entry of a list stands. */
export interface ShownPerson {
  demographics: DemographicsEntry[]
  contact: RecordedValue<ContactDetails>[]
  identifiers: RecordedValue<Identifier>[]
}

export interface TwinView {
  twin: string
  subject: string
  status: TwinState['status']
  custody: Custody | null
  source: string | null
  survivor: string | null
  absorbed: { merged: string; revision: number }[]
  revision: number
  position: number
  registeredAt: string | null
  lastRecordedAt: string | null
  detail: Detail
  person?: ShownPerson
  /** Every version of every fact, in the order of recording. */
  facts: FactRecord[]
  /** Findings that hold. */
  findings: ShownFinding[]
}

/** @param state a registered twin */
export function viewOf(state: TwinState, detail: Detail): TwinView {
  const { status, custody, source, survivor, revision, position, registeredAt, lastRecordedAt } = state
  return {
    twin: state.twin!,
    subject: state.subject!,
    status,
    custody,
    source,
    survivor,
    absorbed: items(state.absorbed),
    revision,
    position,
    registeredAt,
    lastRecordedAt,
    detail,
    ...(detail === 'full' && { person: personOf(state) }),
    facts: [...factsOf(state).values()].map((fact) => shownFact(fact, detail)),
    findings: openFindings(state).map(shownFinding),
  }
}

function personOf({ demographics, contact, identifiers }: TwinState): ShownPerson {
  return { demographics: items(demographics), contact: items(contact), identifiers: items(identifiers) }
}

/** A fact's version at this level of detail. */
export function shownFact(fact: FactRecord, detail: Detail): FactRecord {
  if (detail === 'full') return fact
  const { explanation: _explanation, withdrawal, value, ...codes } = fact
  return {
    ...codes,
    value: value === null ? null : codedFact(value),
    ...(withdrawal && { withdrawal: { ...withdrawal, explanation: '' } }),
  }
}

/** A fact without the sender's id of it and without free text, in which anything may stand. */
export function codedFact(fact: ClinicalFact): ClinicalFact {
  const source = codedSource(fact.source)
  switch (fact.kind) {
    case 'observation': {
      const { text: _text, components, ...codes } = fact
      const coded = components?.map(({ text: _componentText, ...component }) => component)
      return { ...codes, ...(coded && { components: coded }), source }
    }
    case 'medication': {
      const { dosage: _dosage, ...codes } = fact
      return { ...codes, source }
    }
    case 'report': {
      const { conclusion: _conclusion, ...codes } = fact
      return { ...codes, source }
    }
    default:
      return { ...fact, source }
  }
}

function codedSource({ resourceId: _resourceId, ...source }: FactSource): FactSource {
  return source
}

export function shownFinding(finding: FindingEntry): ShownFinding {
  const meaning = finding.value ? meaningOfRule(finding.value.rule) : undefined
  return meaning === undefined ? finding : { ...finding, meaning }
}

/** What an answer opens, for the record of reads: kinds of values and how many of them. */
export function openedIn(facts: readonly FactRecord[], person?: ShownPerson): { what: string[]; count: number } {
  const kinds = new Set<string>()
  let count = 0
  const note = (kind: FactKind | 'fact' | keyof ShownPerson) => {
    kinds.add(kind)
    count++
  }
  for (const { kind, value } of facts) if (value !== null) note(kind ?? 'fact')
  for (const part of ['demographics', 'contact', 'identifiers'] as const) {
    for (const { value } of person?.[part] ?? []) if (value !== null) note(part)
  }
  return { what: [...kinds].sort(), count }
}
