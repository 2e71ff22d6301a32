import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { ModelRefusal } from '../../model-refusal.js'
import { SingularMatrix } from '../../numerics/linear-algebra/matrix.js'
import { Separation } from '../../numerics/regression/logistic-regression.js'
import { type LogRankResult } from '../../numerics/survival/log-rank.js'
import { type HazardRatio, NoHazardRatio } from '../../numerics/survival/proportional-hazards.js'
import { analyseBinary, type BinaryAnalysis } from './binary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { analyseContinuous, type ContinuousAnalysis } from './continuous.js'
import { type AnalysisInput } from './input.js'
import { refuseAnalysis } from './refusals.js'
import { analyseHazardRatio, analyseLogRank } from './survival.js'
import { readMethod } from './trial-data.js'

/** What the method asked for; the rest is absent. */
export type AnalysisOutput = Partial<ContinuousAnalysis> &
  Partial<LogRankResult> & { readonly gComputation?: BinaryAnalysis; readonly cox?: HazardRatio }

const id = 'trial.analysis'
const number = (name: string, quantity: string): InputSpecification => ({
  name,
  kind: 'number',
  quantity,
  unit: '1',
  optional: true,
})
const flag = (name: string, quantity: string): InputSpecification => ({
  name,
  kind: 'code',
  quantity,
  values: [0, 1],
  optional: true,
})

/** The primary analyses of a two-arm trial. */
export const trialAnalysis = defineModel<AnalysisInput, AnalysisOutput>({
  id,
  version: '1.0.0',
  inputs: [
    {
      name: 'data',
      kind: 'list',
      quantity: 'subjects',
      minItems: 4,
      maxItems: 100_000,
      items: {
        name: 'subject',
        kind: 'group',
        quantity: 'subject',
        members: [
          flag('trt', 'treated'),
          number('y', 'continuous outcome'),
          flag('yb', 'binary outcome'),
          { name: 'time', kind: 'number', quantity: 'follow-up', unit: '1', range: { min: 0 }, optional: true },
          flag('status', 'event at the end of follow-up'),
        ],
      },
    },
    { name: 'method', kind: 'text', quantity: 'analysis' },
  ],
  outputs: [
    { name: 'unadjusted', quantity: 'difference of means', nullable: true },
    { name: 'ancova', quantity: 'difference of means adjusted for x, with robust errors', nullable: true },
    { name: 'withinArmCorrelation', quantity: 'correlation of x and y within arms', unit: '1', nullable: true },
    { name: 'gComputation', quantity: 'marginal effects on a binary outcome', nullable: true },
    { name: 'chisq', quantity: 'log-rank statistic', unit: '1', nullable: true },
    { name: 'p', quantity: 'p value of the log-rank test', unit: '1', nullable: true },
    { name: 'cox', quantity: 'hazard ratio', nullable: true },
  ],
  card,
  coefficients,
  applicability: refuseAnalysis,
  compute({ data, method }) {
    const asked = readMethod(method)
    try {
      return {
        ...(asked.continuous ? analyseContinuous(data) : {}),
        ...(asked.binary ? { gComputation: analyseBinary(data) } : {}),
        ...(asked.logRank ? analyseLogRank(data) : {}),
        ...(asked.hazardRatio ? { cox: analyseHazardRatio(data) } : {}),
      }
    } catch (error) {
      throw asRefusal(error)
    }
  },
})

/** Data that determine no estimate are refused; their size and ranges do not tell that beforehand. */
function asRefusal(error: unknown): unknown {
  if (error instanceof SingularMatrix) return refusal('columns that are not collinear')
  if (error instanceof Separation) return refusal('an outcome the covariates do not separate')
  return error instanceof NoHazardRatio ? refusal('events in both groups') : error
}

function refusal(limit: string): ModelRefusal {
  return new ModelRefusal(id, [{ input: 'data', code: 'not-applicable', limit }])
}
