/** The facts of a twin as a person reads them: what stands, what was corrected by what, what was withdrawn. */
import { chainOf, items, type Chain } from './chain.js'
import type { ClinicalFact, FactKind } from './facts.js'
import type { FactEntry, FindingEntry, Recorded, TwinState } from './twin-state.js'

/** One recorded version of a fact. A correction adds a version; the earlier one stays. */
export interface FactRecord extends Recorded {
  /** Null when a correction's payload is erased, so that nobody knows any more what it was about. */
  kind: FactKind | null
  /** Null when erased or sealed for this reader. */
  value: ClinicalFact | null
  status: 'current' | 'corrected' | 'withdrawn'
  /** The version that this one replaced. */
  corrects?: string
  /** The event that replaced or withdrew this version. */
  correctedBy?: string
  /** Why this version replaced the earlier one, in the words of who did it. */
  explanation?: string
  /** Who withdrew it, when and why. */
  withdrawal?: Recorded & { explanation: string }
}

const historyOf = new WeakMap<Chain<FactEntry>, ReadonlyMap<string, FactRecord>>()

/** Every version of every fact by event id, in the order of recording. Computed once for each state. */
export function factsOf(state: TwinState): ReadonlyMap<string, FactRecord> {
  if (state.facts === null) return new Map()
  const known = historyOf.get(state.facts)
  if (known) return known
  const facts = new Map<string, FactRecord>()
  for (const entry of items(state.facts)) apply(facts, entry)
  historyOf.set(state.facts, facts)
  return facts
}

/** The versions that stand. */
export function currentFacts(state: TwinState): FactRecord[] {
  return [...factsOf(state).values()].filter((fact) => fact.status === 'current')
}

/** All versions of the fact that this event recorded, oldest first; empty when there is no such fact. */
export function versionsOf(state: TwinState, eventId: string): FactRecord[] {
  const facts = factsOf(state)
  let first = facts.get(eventId)
  while (first?.corrects !== undefined && facts.has(first.corrects)) first = facts.get(first.corrects)
  const versions: FactRecord[] = []
  for (let version = first; version; version = version.correctedBy ? facts.get(version.correctedBy) : undefined) {
    versions.push(version)
  }
  return versions
}

/** Every finding with when it stopped to hold, oldest first. */
export function findingsOf(state: TwinState): FindingEntry[] {
  const resolvedAt = new Map(items(state.resolutions).map(({ finding, resolvedAt }) => [finding, resolvedAt]))
  const facts = factsOf(state)
  const isForgotten = facts.size > 0 && [...facts.values()].every(({ value }) => value === null)
  return items(state.findings).map((entry) => {
    const finding = isForgotten || isErased(facts, entry) ? { ...entry, value: null } : entry
    const resolution = resolvedAt.get(finding.id)
    return resolution === undefined ? finding : { ...finding, resolvedAt: resolution }
  })
}

/** What is wrong with a value tells of it: with the value goes the finding's. */
function isErased(facts: ReadonlyMap<string, FactRecord>, { value }: FindingEntry): boolean {
  return value?.target !== undefined && facts.get(value.target)?.value === null
}

/** Findings that hold. */
export function openFindings(state: TwinState): FindingEntry[] {
  return findingsOf(state).filter((finding) => finding.resolvedAt === undefined)
}

/**
 * The survivor's state with the facts and findings of the twins merged into it, in the order of recording. Who the person
 * is stays what the survivor's own stream says.
 */
export function withAbsorbed(survivor: TwinState, absorbed: readonly TwinState[]): TwinState {
  if (absorbed.length === 0) return survivor
  const all = [...absorbed, survivor]
  const united = <Item extends { position: number }>(of: (state: TwinState) => Chain<Item> | null) =>
    chainOf(all.flatMap((state) => items(of(state))).sort((one, other) => one.position - other.position))
  return {
    ...survivor,
    facts: united((state) => state.facts),
    findings: united((state) => state.findings),
    identifiers: united((state) => state.identifiers),
    resolutions: chainOf(all.flatMap((state) => items(state.resolutions))),
  }
}

function apply(facts: Map<string, FactRecord>, entry: FactEntry): void {
  if (entry.step === 'recorded') {
    const { step: _step, ...fact } = entry
    facts.set(entry.id, { ...fact, status: 'current' })
    return
  }
  const { step: _step, change, ...recorded } = entry
  if (change === null) {
    facts.set(entry.id, { ...recorded, kind: null, value: null, status: 'current' })
    return
  }
  const earlier = facts.get(change.target)
  if (change.replacement === null) {
    const withdrawal = { ...recorded, explanation: change.explanation }
    if (earlier) facts.set(earlier.id, { ...earlier, status: 'withdrawn', correctedBy: entry.id, withdrawal })
    return
  }
  const { replacement: value, explanation } = change
  const version: FactRecord = { ...recorded, kind: value.kind, value, status: 'current', explanation }
  if (earlier) {
    facts.set(earlier.id, { ...earlier, status: 'corrected', correctedBy: entry.id })
    version.corrects = earlier.id
  }
  facts.set(entry.id, version)
}
