import { findModel } from '../registry/find-model.js'
import { ModelRefusal } from '../model-refusal.js'
import { compareWithExpected, expectsRefusal, shareOf, worstQuantity } from './compare-vector.js'
import type { Mismatch, WorstQuantity } from './compare-vector.js'
import { readCurveOfVector } from './curve-of-vector.js'
import type { Vector, VectorFile } from './vector-file.js'

/** How a model did on one vector. */
export interface VectorOutcome {
  readonly vector: string
  /** Empty when everything is within its tolerance. */
  readonly mismatches: readonly Mismatch[]
  /** Absent where a refusal or no number is expected. */
  readonly worst?: WorstQuantity
}

/** How a model did on all of its vectors. */
export interface ModelOutcome {
  readonly model: string
  readonly vectors: readonly VectorOutcome[]
  /** Of all vectors, the quantity that came nearest to its tolerance. */
  readonly worst?: WorstQuantity & { readonly vector: string }
}

/**
 * Evaluates a model on one vector and compares.
 *
 * @throws NotFound `model-not-found`
 */
export function runVector(id: string, { id: vector, ...example }: Vector): VectorOutcome {
  const model = findModel(id)
  const { inputs, expected } = readCurveOfVector(id, example.inputs, example.expected)
  const actual = resultOf(() => model.evaluate(inputs))
  if (expectsRefusal(expected)) {
    const mismatch: Mismatch = { output: '', expected: 'a refusal', actual }
    return { vector, mismatches: actual instanceof ModelRefusal ? [] : [mismatch] }
  }
  if (actual instanceof ModelRefusal)
    return { vector, mismatches: [{ output: '', expected: 'a result', actual: actual.reasons }] }
  const worst = worstQuantity(actual, expected, example.tolerance)
  return { vector, mismatches: compareWithExpected(actual, expected, example.tolerance), ...(worst && { worst }) }
}

/** Runs every vector of a file, model by model. @throws NotFound `model-not-found`: the file names a model we do not have */
export function* runVectors({ models }: VectorFile): Generator<ModelOutcome> {
  for (const [model, { vectors }] of Object.entries(models)) {
    const outcomes = vectors.map((vector) => runVector(model, vector))
    const quantities = outcomes.flatMap(({ vector, worst }) => (worst ? [{ vector, ...worst }] : []))
    const [worst] = quantities.sort((one, other) => shareOf(other) - shareOf(one))
    yield { model, vectors: outcomes, ...(worst && { worst }) }
  }
}

function resultOf(evaluate: () => object): object | ModelRefusal {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof ModelRefusal) return error
    throw error
  }
}
