import { Unprocessable } from '../../platform/errors.js'
import type { InputMapping } from './mapping.js'
import { PHENO_AGE_MAPPING } from './phenoage.js'
import { PREVENT_MAPPING } from './prevent.js'

/** Every model that can take its inputs from a twin. */
export const INPUT_MAPPINGS: readonly InputMapping[] = [PHENO_AGE_MAPPING, PREVENT_MAPPING]

/** @throws Unprocessable `model-not-mapped`: nobody has said yet how this model's inputs are found in a twin */
export function mappingOf(model: string): InputMapping {
  const mapping = INPUT_MAPPINGS.find((candidate) => candidate.model === model)
  if (!mapping) throw new Unprocessable('model-not-mapped', 'This model cannot take its inputs from a twin yet.')
  return mapping
}
