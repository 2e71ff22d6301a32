import { Unprocessable } from '../platform/errors.js'

/**
 * Why an input was refused.
 * - `missing`: required and absent or null.
 * - `wrong-type`: not of the specified kind, or not a finite number.
 * - `out-of-range`: outside the range the publication covers.
 * - `not-allowed`: not one of the allowed codes, or a text of the wrong form.
 * - `not-applicable`: the model was not made for such a patient or such a combination of inputs.
 */
export type RefusalCode = 'missing' | 'wrong-type' | 'out-of-range' | 'not-allowed' | 'not-applicable'

/** One reason. It names the input and the rule and never repeats the offending value: that may be personal data. */
export interface RefusalReason {
  readonly input: string
  readonly code: RefusalCode
  /** The rule that was broken, for a reader: `[90, 180] mm[Hg]`, or the codes allowed. */
  readonly limit?: string
}

/** A model declines to compute, and says everything that is in the way at once. */
export class ModelRefusal extends Unprocessable {
  constructor(
    readonly model: string,
    readonly reasons: readonly RefusalReason[],
  ) {
    const summary = reasons.map(({ input, code }) => `${input} ${code}`).join(', ')
    super('model-refused', `${model} cannot run: ${summary}.`, { model, reasons })
  }
}
