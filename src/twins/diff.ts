/** What changed in a twin between two points of its history. */
import { items } from './chain.js'
import type { Custody } from './events.js'
import { currentFacts, factsOf, openFindings, versionsOf, type FactRecord } from './fact-history.js'
import type { ClinicalFact, ContactDetails, Demographics, Identifier } from './facts.js'
import type { FindingEntry, Recorded, RecordedValue, TwinState } from './twin-state.js'

/** Who changed something, when, why, and where it is recorded. */
export type ChangedBy = Pick<Recorded, 'id' | 'recordedAt' | 'position' | 'actor' | 'reason'>

/** Sides of a change whose value nobody can read any more; the others were never there. */
export type ErasedSide = 'before' | 'after'

export interface ValueChange<Value> {
  before: Value | null
  after: Value | null
  erased?: readonly ErasedSide[]
  by: ChangedBy
}

export interface FactChange {
  /** Event id of the version at the earlier point; absent for a fact that is new. */
  from?: string
  /** Event id of the version at the later point; absent for one that was withdrawn. */
  to?: string
  before: ClinicalFact | null
  after: ClinicalFact | null
  erased?: readonly ErasedSide[]
  by: ChangedBy
  explanation?: string
}

export interface TwinDiff {
  from: { revision: number; recordedAt: string | null }
  to: { revision: number; recordedAt: string | null }
  status?: { before: TwinState['status']; after: TwinState['status'] }
  custody?: { before: Custody | null; after: Custody | null }
  facts: { added: FactChange[]; changed: FactChange[]; withdrawn: FactChange[] }
  /** Every version recorded in between, each against the one before it. */
  demographics: ValueChange<Demographics>[]
  contact: ValueChange<ContactDetails>[]
  identifiers: RecordedValue<Identifier>[]
  findings: { raised: FindingEntry[]; resolved: FindingEntry[] }
}

/** The way from the earlier to the later state of one twin. */
export function diff(earlier: TwinState, later: TwinState): TwinDiff {
  return {
    from: { revision: earlier.revision, recordedAt: earlier.lastRecordedAt },
    to: { revision: later.revision, recordedAt: later.lastRecordedAt },
    ...(earlier.status !== later.status && { status: { before: earlier.status, after: later.status } }),
    ...(!sameCustody(earlier, later) && { custody: { before: earlier.custody, after: later.custody } }),
    facts: factChanges(earlier, later),
    demographics: valueChanges(items(earlier.demographics), items(later.demographics)),
    contact: valueChanges(items(earlier.contact), items(later.contact)),
    identifiers: notAmong(items(later.identifiers), items(earlier.identifiers)),
    findings: findingChanges(earlier, later),
  }
}

function sameCustody({ custody: one }: TwinState, { custody: other }: TwinState): boolean {
  return one?.controller === other?.controller && one?.owner === other?.owner
}

function factChanges(earlier: TwinState, later: TwinState): TwinDiff['facts'] {
  const changes: TwinDiff['facts'] = { added: [], changed: [], withdrawn: [] }
  const before = currentFacts(earlier)
  for (const fact of before) {
    const last = versionsOf(later, fact.id).at(-1)
    if (!last) continue
    if (last.status === 'withdrawn') changes.withdrawn.push(withdrawal(fact, last))
    else if (last.id !== fact.id) changes.changed.push(correction(fact, last))
  }
  const known = factsOf(earlier)
  for (const fact of currentFacts(later)) {
    const isNew = versionsOf(later, fact.id).every(({ id }) => !known.has(id))
    if (isNew) changes.added.push({ to: fact.id, ...sides(undefined, fact), by: changedBy(fact) })
  }
  return changes
}

function correction(before: FactRecord, after: FactRecord): FactChange {
  const change = { from: before.id, to: after.id, ...sides(before, after), by: changedBy(after) }
  return after.explanation === undefined ? change : { ...change, explanation: after.explanation }
}

function withdrawal(before: FactRecord, last: FactRecord): FactChange {
  const { explanation, ...by } = last.withdrawal!
  return { from: before.id, ...sides(before, undefined), by: changedBy(by), explanation }
}

/** What stood before and after; a side that was recorded and cannot be read is named. */
function sides<Value>(before: Recordable<Value>, after: Recordable<Value>) {
  const erased = (
    [
      ['before', before],
      ['after', after],
    ] as const
  ).flatMap(([side, of]) => (of?.value === null ? side : []))
  return {
    before: before?.value ?? null,
    after: after?.value ?? null,
    ...(erased.length > 0 && { erased }),
  }
}
type Recordable<Value> = { value: Value | null } | undefined

function valueChanges<Value>(earlier: RecordedValue<Value>[], later: RecordedValue<Value>[]): ValueChange<Value>[] {
  return later.slice(earlier.length).map((entry, index) => ({
    ...sides(later[earlier.length + index - 1], entry),
    by: changedBy(entry),
  }))
}

function findingChanges(earlier: TwinState, later: TwinState): TwinDiff['findings'] {
  const before = openFindings(earlier)
  const after = openFindings(later)
  return { raised: notAmong(after, before), resolved: notAmong(before, after) }
}

function notAmong<Item extends { id: string }>(list: readonly Item[], others: readonly Item[]): Item[] {
  const ids = new Set(others.map(({ id }) => id))
  return list.filter(({ id }) => !ids.has(id))
}

function changedBy({ id, recordedAt, position, actor, reason }: Recorded): ChangedBy {
  return { id, recordedAt, position, actor, ...(reason === undefined ? {} : { reason }) }
}
