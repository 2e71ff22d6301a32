/** The registry's word on a run: what its result may be used for, and when the run is refused. */
import type { QueryBus } from '@nestjs/cqrs'
import { FindAssessmentInForce } from '../assessments/queries/find-assessment-in-force.js'
import { findModel } from '../models/registry/find-model.js'
import {
  inputsOutside,
  trainedOnParticipants,
  withoutImpactAssessment,
  type ModelUse,
  type UseJudgement,
} from '../models/registry/judge-use.js'
import { JudgeModelUse } from '../models/registry/queries/judge-model-use.js'
import { TrainingOverlaps } from '../randomisation/queries/training-overlaps.js'
import type { ChosenInput } from './inputs/chosen-input.js'
import { modelInput } from './inputs/select-inputs.js'

/** What somebody wants of a run; without a word it is exploratory. */
export interface UseOrder {
  model: string
  use?: ModelUse
  /** v3-ActReason */
  purpose: string
  trial?: string
}

/**
 * A model of high risk needs an impact assessment in force for the purpose besides (GDPR Art 35); a prognostic score is of nobody it was
 * fitted on (EMA qualification opinion on PROCOVA, 2022-09-15).
 */
export async function judgeOrder(
  queries: QueryBus,
  { model, use = 'exploratory', purpose, trial }: UseOrder,
): Promise<UseJudgement> {
  const judged = await queries.execute(new JudgeModelUse(model, use, purpose))
  const judgement = (await queries.execute(new TrainingOverlaps(trial, model))) ? trainedOnParticipants(judged) : judged
  if (judgement.riskTier !== 'high') return judgement
  const { version } = findModel(model)
  const assessment = await queries.execute(new FindAssessmentInForce({ model, version, purpose }))
  return assessment === null ? withoutImpactAssessment(judgement) : judgement
}

/** Codes for which the run is refused before its inputs are chosen; empty when it may go on. */
export function useRefusals({ refused, stamp }: UseJudgement): readonly string[] {
  return refused ? stamp.reasons.filter((reason) => reason !== 'decision-not-asked') : []
}

/** Codes of inputs outside the approved context of use, as `<input>:outside-context`; empty for a run that is not for decisions. */
export function contextRefusals({ contextOfUse }: UseJudgement, inputs: readonly ChosenInput[]): readonly string[] {
  if (contextOfUse === null) return []
  return inputsOutside(contextOfUse, modelInput(inputs)).map((input) => `${input}:outside-context`)
}
