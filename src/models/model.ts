import { type InputSpecification } from './input-specification.js'
import { type ModelCard } from './model-card.js'
import { ModelRefusal, type RefusalReason } from './model-refusal.js'
import { validateInputs } from './validate-inputs.js'

/** What one named result of a model is. */
export interface OutputSpecification {
  /** Its name in the output; members of a nested result are joined by dots, as in `y10.total_cvd`. */
  readonly name: string
  /** What is computed, in the field's own term. */
  readonly quantity: string
  /** UCUM unit; `1` for a dimensionless number, absent for a text. */
  readonly unit?: string
  /** True when the model can leave it out for an input it otherwise accepts; the value is then null. */
  readonly nullable?: boolean
}

/**
 * A simulation model: a pure function of its input, with all that is needed to judge, digest and repeat it.
 *
 * `evaluate` is deterministic to the last bit on every platform: it reads no clock, no environment and no random source
 * other than a seed among its inputs, and takes its elementary functions from `numerics/`.
 */
export interface ModelDefinition<Input extends object, Output extends object> {
  /** Stable identifier, as in `cvd.prevent-2023`. */
  readonly id: string
  /** Semantic version of the implementation: a changed output bit is at least a minor change. */
  readonly version: string
  readonly inputs: readonly InputSpecification[]
  readonly outputs: readonly OutputSpecification[]
  readonly card: ModelCard
  /** Every number of the publication the model uses, as a plain JSON object; its digest is recorded in each run. */
  readonly coefficients: object
  /** All reasons to refuse this input, in the order of the specifications; empty when the model can run. */
  refusals(input: object): readonly RefusalReason[]
  /**
   * Runs the model once.
   * @throws ModelRefusal naming every missing, malformed, out-of-range or inapplicable input at once.
   */
  evaluate(input: Input): Output
}

/** A model whose input and output types are not known here: what a registry or a runner holds. */
export type AnyModel = ModelDefinition<object, object>

/** What an author writes to define a model. */
export interface ModelSource<Input extends object, Output extends object> {
  readonly id: string
  readonly version: string
  readonly inputs: readonly InputSpecification[]
  readonly outputs: readonly OutputSpecification[]
  readonly card: ModelCard
  readonly coefficients: object
  /** Refusals that depend on several inputs; called on incomplete and malformed inputs too, so it checks what it reads. */
  readonly applicability?: (input: Partial<Input>) => readonly RefusalReason[]
  /** The published equations, called on valid input only. */
  readonly compute: (input: Input) => Output
}

/** Turns the published equations of a model into one that refuses whatever lies outside its specification. */
export function defineModel<Input extends object, Output extends object>(
  source: ModelSource<Input, Output>,
): ModelDefinition<Input, Output> {
  const { applicability, compute, ...description } = source
  const refusals = (input: object): readonly RefusalReason[] => {
    const reasons = validateInputs(source.inputs, input)
    if (applicability !== undefined) reasons.push(...applicability(input as Partial<Input>))
    return reasons
  }
  return Object.freeze({
    ...description,
    refusals,
    evaluate(input: Input): Output {
      const reasons = refusals(input)
      if (reasons.length > 0) throw new ModelRefusal(source.id, reasons)
      return compute(input)
    },
  })
}
