/** Cases for the decision model: every step with content that holds, and histories folded from commands. */
import type { EventMetadata } from '../../../src/journal/decider.js'
import { factorsFor, type Factor, type ModelNature } from '../../../src/models/registry/credibility-factors.js'
import type { Evidence, FactorGoal, ModelVersionEvent, Proposal } from '../../../src/models/registry/events.js'
import { findModel } from '../../../src/models/registry/find-model.js'
import { decide, type ModelVersionCommand } from '../../../src/models/registry/model-version.js'
import {
  evolve,
  recordDigest,
  UNPROPOSED,
  type ModelVersionState,
} from '../../../src/models/registry/model-version-state.js'

export const AUTHOR = 'modeller-1'
export const ASSESSOR = 'sponsor-1'
export const APPROVER = 'qa-1'

const { card } = findModel('cvd.prevent-2023')

export const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  model: card.id,
  version: card.version,
  nature: 'statistical',
  card,
  cardDigest: 'c'.repeat(64),
  codeDigest: 'a'.repeat(64),
  coefficientDigest: 'b'.repeat(64),
  ...more,
})

export const evidence: Evidence = { title: 'Reference results', kind: 'reference-results', digest: 'd'.repeat(64) }

/** A goal of 1 for every factor but the discretisation, which does not apply to a closed form. */
export const goalsFor = (nature: ModelNature): FactorGoal[] =>
  factorsFor(nature).map((factor) => ({
    factor,
    goal: factor === 'discretisation-error' ? null : 1,
    rationale: 'For the purpose of this test.',
  }))

export const STEPS = {
  question: { type: 'state-question', question: 'How likely is an event?' },
  'context-of-use': {
    type: 'state-context',
    contextOfUse: {
      statement: 'Research.',
      purposes: ['HRESCH'],
      limits: [{ input: 'age', minimum: 40, maximum: 75 }],
    },
  },
  risk: {
    type: 'assess-risk',
    risk: { influence: 'low', consequence: 'medium', rationale: 'Nobody is treated by it.' },
  },
  plan: { type: 'agree-plan', goals: goalsFor('statistical') },
  documentation: {
    type: 'document-results',
    documentation: { report: { ...evidence, kind: 'report' }, deviations: [] },
  },
  adequacy: { type: 'determine-adequacy', adequacy: { adequate: true, rationale: 'All goals are met.' } },
} as const satisfies Record<string, ModelVersionCommand>

export const assess = (factor: Factor, achieved: 0 | 1 | 2 | 3 = 1): ModelVersionCommand => ({
  type: 'assess-factor',
  assessment: { factor, achieved, summary: 'As measured.', evidence: achieved === 0 ? [] : [evidence] },
})

export const classification = { class: 'research-only', basis: 'Art. 2(6)', rationale: 'Research alone.' } as const

const metadata = (actor: string, revision: number): Pick<EventMetadata, 'id' | 'actor' | 'recordedAt'> => ({
  id: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`,
  actor: { id: actor, role: 'modeller' },
  recordedAt: '2026-06-01T00:00:00.000Z',
})

/** Decides and folds one command after the other, each by somebody. */
export function after(
  ...commands: readonly (readonly [actor: string, command: ModelVersionCommand])[]
): ModelVersionState {
  let revision = 0
  return commands.reduce(
    (state, [actor, command]) =>
      decide(state, command).reduce((folded, event) => evolve(folded, event, metadata(actor, revision++)), state),
    UNPROPOSED,
  )
}

export const fold = (state: ModelVersionState, event: ModelVersionEvent, actor = AUTHOR): ModelVersionState =>
  evolve(state, event, metadata(actor, 99))

type Taken = readonly [string, ModelVersionCommand]
const assessed: Taken[] = goalsFor('statistical')
  .filter(({ goal }) => goal !== null)
  .map(({ factor }) => [ASSESSOR, assess(factor)])

/** Histories by what comes next in them. */
export const UNTIL = {
  question: [[AUTHOR, { type: 'propose', proposal: proposal() }]],
  get 'context-of-use'(): Taken[] {
    return [...this.question, [AUTHOR, STEPS.question]]
  },
  get risk(): Taken[] {
    return [...this['context-of-use'], [AUTHOR, STEPS['context-of-use']]]
  },
  get plan(): Taken[] {
    return [...this.risk, [AUTHOR, STEPS.risk]]
  },
  get execution(): Taken[] {
    return [...this.plan, [AUTHOR, STEPS.plan]]
  },
  get documentation(): Taken[] {
    return [...this.execution, ...assessed]
  },
  get adequacy(): Taken[] {
    return [...this.documentation, [AUTHOR, STEPS.documentation]]
  },
  get approval(): Taken[] {
    return [...this.adequacy, [AUTHOR, STEPS.adequacy], [AUTHOR, { type: 'classify', classification }]]
  },
} as { readonly [Step in keyof typeof STEPS | 'execution' | 'approval']: Taken[] }

/** The approval of a state as it was read. */
export const approvalOf = (state: ModelVersionState, by = APPROVER): ModelVersionCommand => ({
  type: 'approve',
  by,
  recordDigest: recordDigest(state),
  revision: 20,
  signature: null,
})

export function approved(): ModelVersionState {
  const state = after(...UNTIL.approval)
  return decide(state, approvalOf(state)).reduce((folded, event) => fold(folded, event, APPROVER), state)
}
