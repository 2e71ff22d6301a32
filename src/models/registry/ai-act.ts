/** Regulation (EU) 2024/1689: as what a model version counts. Recorded for each version, whatever the answer is. */
export const AI_ACT_CLASSES = [
  /** Outside Art. 3(1): fixed by persons alone, without inference from data. */
  'not-an-ai-system',
  /** Art. 2(6): developed and used for scientific research alone. */
  'research-only',
  'minimal-risk',
  /** Art. 50: duties of transparency. */
  'transparency',
  /** Art. 6 with Annex I or III. */
  'high-risk',
  /** Art. 5. */
  'prohibited',
] as const
export type AiActClass = (typeof AI_ACT_CLASSES)[number]

export interface AiActClassification {
  class: AiActClass
  /** The article it rests on, as in `Art. 3(1)`. */
  basis: string
  rationale: string
}
