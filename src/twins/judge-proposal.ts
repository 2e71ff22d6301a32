/** Quality as part of every change: what a proposal leads to is judged, and the findings are recorded with it. */
import { currentFacts, factsOf, openFindings } from './fact-history.js'
import type { Demographics } from './facts.js'
import { propose, type NameEvent, type Proposal } from './proposal.js'
import type { QualityFinding } from './quality/finding.js'
import { isPersonalRule, judgeAgainstPerson, judgeFacts, type IdentifiedFact } from './quality/judge-facts.js'
import { judgeRecord } from './quality/judge-record.js'
import type { TwinCommand } from './twin.js'
import type { FindingEntry, TwinState } from './twin-state.js'

/**
 * The proposal with the findings that its facts raise, and without those open findings that no longer hold. A proposal that
 * changes no fact and no demographic detail is returned as it is.
 *
 * @param at when, RFC 3339; facts are judged against this moment
 */
export function judged(proposal: Proposal, { name, at }: { name: NameEvent; at: string }): Proposal {
  const { found, state } = proposal
  if (found.facts === state.facts && found.demographics === state.demographics) return proposal
  const holding = findingsHolding(found, state, Date.parse(at))
  const open = openFindings(state)
  const commands: TwinCommand[] = [
    ...open
      .filter((entry) => noLongerHolds(entry, state, holding, found.demographics !== state.demographics))
      .map(({ id }) => ({ type: 'resolve-finding' as const, finding: id })),
    ...holding
      .filter((finding) => !open.some(({ value }) => value !== null && isSame(value, finding)))
      .map((finding) => ({ type: 'record-finding' as const, finding })),
  ]
  return commands.reduce((before, command) => propose(before, command, { name, at }), proposal)
}

/** What the person's record says of them now; null when nothing was recorded, or it was erased. */
export function demographicsOf(state: TwinState): Demographics | null {
  return state.demographics?.last.value ?? null
}

function findingsHolding(found: TwinState, state: TwinState, now: number): QualityFinding[] {
  const known = factsOf(found)
  const current = currentFacts(state).flatMap(({ id, value }): IdentifiedFact[] => (value ? [{ id, fact: value }] : []))
  const arrived = current.filter(({ id }) => !known.has(id))
  const stood = current.filter(({ id }) => known.has(id))
  const demographics = demographicsOf(state)
  const standing = stood.map(({ fact }) => fact)
  return [
    ...judgeFacts(arrived, { demographics, standing, now }),
    ...(found.demographics === state.demographics ? [] : judgeAgainstPerson(stood, { demographics, now })),
    ...judgeRecord({ demographics, standing: current.map(({ fact }) => fact), now }),
  ]
}

/** A finding about a fact ends with that version of the fact; one about the record ends when the rule is satisfied. */
function noLongerHolds(
  { value }: FindingEntry,
  state: TwinState,
  holding: readonly QualityFinding[],
  personChanged: boolean,
): boolean {
  if (value === null) return false
  const holds = holding.some((finding) => isSame(finding, value))
  if (value.target === undefined) return !holds
  if (factsOf(state).get(value.target)?.status !== 'current') return true
  return personChanged && isPersonalRule(value.rule) && !holds
}

function isSame(one: QualityFinding, other: QualityFinding): boolean {
  return one.rule === other.rule && one.target === other.target && one.code === other.code
}
