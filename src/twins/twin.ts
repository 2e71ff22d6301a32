/** The decision model of a twin: what may happen to it next, given what has happened. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../platform/errors.js'
import { items } from './chain.js'
import type { Custody, TwinEvent } from './events.js'
import { factsOf, openFindings } from './fact-history.js'
import type { ClinicalFact, ContactDetails, Demographics, Identifier } from './facts.js'
import type { QualityFinding } from './quality/finding.js'
import { evolve, UNREGISTERED, type TwinState } from './twin-state.js'

export type TwinCommand =
  | { type: 'register'; custody: Custody; source: string }
  | { type: 'record-facts'; facts: readonly ClinicalFact[] }
  | { type: 'record-demographics'; demographics: Demographics }
  | { type: 'record-contact'; contact: ContactDetails }
  | { type: 'add-identifier'; identifier: Identifier }
  | { type: 'correct-fact'; target: string; replacement: ClinicalFact | null; explanation: string }
  | { type: 'correct-demographics'; replacement: Demographics; explanation: string }
  | { type: 'change-custody'; custody: Custody }
  | { type: 'record-finding'; finding: QualityFinding }
  | { type: 'resolve-finding'; finding: string }
  | { type: 'merge-into'; survivor: string }
  | { type: 'absorb'; merged: string; revision: number }
  | { type: 'withdraw-from-use' }
  | { type: 'return-to-use' }

/**
 * What follows from a command.
 *
 * @throws NotFound `twin-not-found`, `fact-not-found`, `finding-not-found`
 * @throws Conflict `twin-exists`, `twin-merged`, `twin-withdrawn`, `twin-in-use`, `fact-not-current`, `twin-already-absorbed`
 * @throws InvalidRequest `fact-kind-differs`, `demographics-missing`, `twin-merge-with-itself`
 */
export function decide(state: TwinState, command: TwinCommand): readonly TwinEvent[] {
  if (command.type === 'register') return register(state, command)
  mustLive(state)
  switch (command.type) {
    case 'record-facts':
      mustBeInUse(state)
      return command.facts.map(recordedFact)
    case 'record-demographics':
      mustBeInUse(state)
      return [{ type: 'twin.demographics-recorded', data: command.demographics }]
    case 'record-contact':
      mustBeInUse(state)
      return [{ type: 'twin.contact-recorded', data: command.contact }]
    case 'add-identifier':
      return addIdentifier(state, command.identifier)
    case 'correct-fact':
      return correctFact(state, command)
    case 'correct-demographics':
      return correctDemographics(state, command)
    case 'change-custody':
      return changeCustody(state, command.custody)
    case 'record-finding':
      return [{ type: 'twin.quality-finding-recorded', data: command.finding }]
    case 'resolve-finding':
      return resolveFinding(state, command.finding)
    case 'merge-into':
      mustDiffer(state, command.survivor)
      return [{ type: 'twin.merged-into', data: { survivor: command.survivor } }]
    case 'absorb':
      return absorb(state, command)
    case 'withdraw-from-use':
      mustBeInUse(state)
      return [{ type: 'twin.withdrawn-from-use', data: {} }]
    case 'return-to-use':
      if (state.status !== 'withdrawn') throw new Conflict('twin-in-use', 'The twin is in use already.')
      return [{ type: 'twin.returned-to-use', data: {} }]
  }
}

export const twinDecider: Decider<TwinState, TwinCommand, TwinEvent> = { initial: UNREGISTERED, evolve, decide }

function register(state: TwinState, { custody, source }: { custody: Custody; source: string }): TwinEvent[] {
  if (state.status !== 'unregistered') throw new Conflict('twin-exists', 'This twin is registered already.')
  return [{ type: 'twin.registered', data: { ...custody, source } }]
}

const EVENT_OF_KIND = {
  observation: 'twin.observation-recorded',
  condition: 'twin.condition-recorded',
  medication: 'twin.medication-recorded',
  procedure: 'twin.procedure-recorded',
  genotype: 'twin.genotype-recorded',
  report: 'twin.report-recorded',
  evidence: 'twin.evidence-attached',
} as const

function recordedFact(fact: ClinicalFact): TwinEvent {
  return { type: EVENT_OF_KIND[fact.kind], data: fact } as TwinEvent
}

function addIdentifier(state: TwinState, identifier: Identifier): TwinEvent[] {
  const known = items(state.identifiers).some(
    ({ value }) => value?.system === identifier.system && value.value === identifier.value,
  )
  return known ? [] : [{ type: 'twin.identifier-added', data: identifier }]
}

/** Rectification stays possible for a twin that is withdrawn from use: the person may ask for it at any time. */
function correctFact(
  state: TwinState,
  { target, replacement, explanation }: { target: string; replacement: ClinicalFact | null; explanation: string },
): TwinEvent[] {
  const fact = factsOf(state).get(target)
  if (!fact) throw new NotFound('fact-not-found', 'The twin has no such fact.')
  if (fact.status !== 'current') {
    throw new Conflict('fact-not-current', 'Only the standing version of a fact can be corrected.', {
      correctedBy: fact.correctedBy,
    })
  }
  if (replacement !== null && fact.kind !== null && replacement.kind !== fact.kind) {
    throw new InvalidRequest('fact-kind-differs', 'A fact is corrected by a fact of the same kind.', {
      kind: fact.kind,
    })
  }
  return [{ type: 'twin.fact-corrected', data: { target, replacement, explanation } }]
}

function correctDemographics(
  state: TwinState,
  { replacement, explanation }: { replacement: Demographics; explanation: string },
): TwinEvent[] {
  if (state.demographics === null) {
    throw new InvalidRequest('demographics-missing', 'There are no demographic details to correct yet.')
  }
  return [{ type: 'twin.demographics-corrected', data: { replacement, explanation } }]
}

function changeCustody(state: TwinState, custody: Custody): TwinEvent[] {
  const same = state.custody?.controller === custody.controller && state.custody.owner === custody.owner
  return same ? [] : [{ type: 'twin.custody-changed', data: custody }]
}

function resolveFinding(state: TwinState, finding: string): TwinEvent[] {
  if (!openFindings(state).some(({ id }) => id === finding)) {
    throw new NotFound('finding-not-found', 'The twin has no such open finding.')
  }
  return [{ type: 'twin.quality-finding-resolved', data: { finding } }]
}

function absorb(state: TwinState, { merged, revision }: { merged: string; revision: number }): TwinEvent[] {
  mustBeInUse(state)
  mustDiffer(state, merged)
  if (items(state.absorbed).some((earlier) => earlier.merged === merged)) {
    throw new Conflict('twin-already-absorbed', 'That twin was merged into this one already.')
  }
  return [{ type: 'twin.absorbed', data: { merged, revision } }]
}

function mustLive(state: TwinState): void {
  if (state.status === 'unregistered') throw new NotFound('twin-not-found', 'There is no such twin.')
  if (state.status === 'merged') {
    throw new Conflict('twin-merged', 'This twin was merged into another, which takes its changes now.', {
      survivor: state.survivor,
    })
  }
}

function mustBeInUse(state: TwinState): void {
  if (state.status === 'withdrawn') throw new Conflict('twin-withdrawn', 'This twin is withdrawn from use.')
}

function mustDiffer(state: TwinState, other: string): void {
  if (state.twin === other) throw new InvalidRequest('twin-merge-with-itself', 'A twin cannot be merged with itself.')
}
