/** Whether a model version may be used as asked: the gate before every run. Pure. */
import type { RiskTier } from '../model-card.js'
import type { ContextOfUse } from './events.js'
import type { ModelDigests } from './model-digests.js'
import type { ModelVersionState } from './model-version-state.js'

/** What somebody wants to do with the result of a run. */
export const MODEL_USES = ['decision', 'exploratory'] as const
export type ModelUse = (typeof MODEL_USES)[number]

/**
 * Why a result is not for decisions: `decision-not-asked`, `version-not-proposed`, `version-not-approved` (also: reopened),
 * `version-superseded`, `version-retired`, `code-digest-differs`, `coefficient-digest-differs`, `purpose-outside-context`,
 * `dpia-missing` (the risk is high, and no impact assessment is in force for the purpose), `training-overlaps-trial` (the score of the
 * trial was fitted on some of its participants).
 */
export type UseReason =
  | 'decision-not-asked'
  | 'version-not-proposed'
  | 'version-not-approved'
  | 'version-superseded'
  | 'version-retired'
  | 'code-digest-differs'
  | 'coefficient-digest-differs'
  | 'purpose-outside-context'
  | 'dpia-missing'
  | 'training-overlaps-trial'

/** The stamp of a run. */
export interface UseStamp {
  asked: ModelUse
  /** What a result may be used for. */
  stamp: ModelUse
  /** Why it is not for decisions; empty when it is. */
  reasons: readonly UseReason[]
  /** Event that approved the version; null when no approval is in force. */
  approval: string | null
}

export interface UseJudgement {
  stamp: UseStamp
  /** True when the run is to be refused, with the reasons of the stamp. */
  refused: boolean
  /** What the inputs of a run for decisions are held against; null for any other run. */
  contextOfUse: ContextOfUse | null
  /** As registered in the credibility case; null while it is not assessed. */
  riskTier: RiskTier | null
}

export interface UseQuestion {
  asked: ModelUse
  /** v3-ActReason */
  purpose: string
  /** Of the software that will compute. */
  digests: ModelDigests
}

/**
 * A run for decisions is refused unless the version is approved, is the one that runs here, and covers the purpose. An
 * exploratory run is refused for a retired version only, and is stamped with all that keeps it from being more.
 */
export function judgeUse(state: ModelVersionState, { asked, purpose, digests }: UseQuestion): UseJudgement {
  const lacking = [...reasonsAgainstDecisions(state, digests), ...reasonsOfPurpose(state, purpose)]
  const reasons: UseReason[] = asked === 'exploratory' ? ['decision-not-asked', ...lacking] : lacking
  const forDecision = reasons.length === 0
  return {
    stamp: {
      asked,
      stamp: forDecision ? 'decision' : 'exploratory',
      reasons,
      approval: state.approval?.eventId ?? null,
    },
    refused: state.status === 'retired' || (asked === 'decision' && !forDecision),
    contextOfUse: forDecision ? state.case.contextOfUse : null,
    riskTier: state.case.risk?.tier ?? null,
  }
}

/** The judgement of a use that would need an impact assessment and has none: not for decisions, and refused if asked for them. */
export function withoutImpactAssessment(judgement: UseJudgement): UseJudgement {
  return notForDecisions(judgement, 'dpia-missing')
}

/** The same for a score that was fitted on participants of the trial it is to adjust. */
export function trainedOnParticipants(judgement: UseJudgement): UseJudgement {
  return notForDecisions(judgement, 'training-overlaps-trial')
}

function notForDecisions(judgement: UseJudgement, reason: UseReason): UseJudgement {
  const { stamp, refused } = judgement
  return {
    ...judgement,
    stamp: { ...stamp, stamp: 'exploratory', reasons: [...stamp.reasons, reason] },
    refused: refused || stamp.asked === 'decision',
    contextOfUse: null,
  }
}

/** Why the version that runs with these digests is not for decisions, whatever the purpose; empty when it is. */
export function reasonsAgainstDecisions(state: ModelVersionState, digests: ModelDigests): UseReason[] {
  return [...reasonsOfStatus(state), ...reasonsOfDigests(state, digests)]
}

function reasonsOfStatus({ status }: ModelVersionState): UseReason[] {
  switch (status) {
    case 'approved':
      return []
    case null:
      return ['version-not-proposed']
    case 'superseded':
      return ['version-superseded']
    case 'retired':
      return ['version-retired']
    default:
      return ['version-not-approved']
  }
}

function reasonsOfDigests({ proposal }: ModelVersionState, { code, coefficients }: ModelDigests): UseReason[] {
  if (proposal === null) return []
  return [
    ...(proposal.codeDigest === code ? [] : ['code-digest-differs' as const]),
    ...(proposal.coefficientDigest === coefficients ? [] : ['coefficient-digest-differs' as const]),
  ]
}

function reasonsOfPurpose({ case: { contextOfUse } }: ModelVersionState, purpose: string): UseReason[] {
  return contextOfUse === null || contextOfUse.purposes.includes(purpose) ? [] : ['purpose-outside-context']
}

/** An input by its name in the model's specification. */
export type GivenInputs = Readonly<Record<string, unknown>>

/** The inputs that lie outside a context of use, in the order of its limits; one that is not given lies outside. */
export function inputsOutside({ limits }: ContextOfUse, inputs: GivenInputs): string[] {
  return limits.filter((limit) => !holds(limit, inputs[limit.input])).map(({ input }) => input)
}

function holds({ minimum, maximum, oneOf }: ContextOfUse['limits'][number], value: unknown): boolean {
  if (oneOf !== undefined) return (oneOf as readonly unknown[]).includes(value)
  if (typeof value !== 'number') return false
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum)
}
