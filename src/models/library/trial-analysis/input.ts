import { type Subject } from './trial-data.js'

export interface AnalysisInput {
  readonly data: readonly Subject[]
  /** Such as "lm y~trt ; lm y~trt+x", "glm yb~trt+x, g-computation", "log-rank" or "cox". */
  readonly method: string
}
