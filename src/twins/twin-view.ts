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

/** What an answer leaves out at a level of detail, whether or not there is any of it. */
export type WithheldPart = 'person' | 'source-ids' | 'free-text'
const WITHHELD: Readonly<Record<Detail, readonly WithheldPart[]>> = {
  full: [],
  coded: ['person', 'source-ids', 'free-text'],
}

/** `erased`: there was a value, and nobody can read it any more. What is withheld is told of by `TwinView.withheld`. */
export type Erasable<Shown> = Shown & { erased?: true }
export type ShownFact = Erasable<FactRecord>
export type ShownFinding = Erasable<FindingEntry & { meaning?: string }>

/** Who the person is; shown in full detail only. The last entry of a list stands. */
export interface ShownPerson {
  demographics: Erasable<DemographicsEntry>[]
  contact: Erasable<RecordedValue<ContactDetails>>[]
  identifiers: Erasable<RecordedValue<Identifier>>[]
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
  withheld: readonly WithheldPart[]
  person?: ShownPerson
  /** Every version of every fact, in the order of recording. */
  facts: ShownFact[]
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
    withheld: WITHHELD[detail],
    ...(detail === 'full' && { person: personOf(state) }),
    facts: [...factsOf(state).values()].map((fact) => shownFact(fact, detail)),
    findings: openFindings(state).map(shownFinding),
  }
}

function personOf({ demographics, contact, identifiers }: TwinState): ShownPerson {
  return {
    demographics: items(demographics).map(markErased),
    contact: items(contact).map(markErased),
    identifiers: items(identifiers).map(markErased),
  }
}

/** A fact's version at this level of detail. */
export function shownFact(fact: FactRecord, detail: Detail): ShownFact {
  if (detail === 'full') return markErased(fact)
  const { explanation: _explanation, withdrawal, value, ...codes } = markErased(fact)
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
  return meaning === undefined ? markErased(finding) : { ...finding, meaning }
}

/** A twin is read with every key there is: a value that is not there is one whose key was destroyed. */
export function markErased<Shown extends { value: unknown }>(shown: Shown): Erasable<Shown> {
  return shown.value === null ? { ...shown, erased: true } : shown
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
