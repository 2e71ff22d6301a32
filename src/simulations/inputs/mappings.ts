import { Unprocessable } from '../../platform/errors.js'
import { ELEVELD_MAPPING } from './anaesthesia.js'
import { HOVORKA_MAPPING } from './glucose.js'
import { BJORDALSBAKKE_MAPPING, LV_MASS_MAPPING, SHI_MAPPING, VENTRICLE_MAPPING } from './heart.js'
import { ANTHROPOMETRY_MAPPING, RENAL_FUNCTION_MAPPING } from './kidney-and-body.js'
import type { InputMapping } from './mapping.js'
import { CPIC_PHENOTYPE_MAPPING, WARFARIN_MAPPING } from './pharmacogenetics.js'
import { BUELGA_MAPPING, GOTI_MAPPING, MAP_ENGINE_MAPPING } from './pharmacokinetics.js'
import { PHENO_AGE_MAPPING } from './phenoage.js'
import { PREVENT_MAPPING } from './prevent.js'
import { SCORE2_DIABETES_MAPPING, SCORE2_MAPPING } from './score2.js'
import { P_POSSUM_MAPPING, SORT_MAPPING } from './surgery.js'
import { TREATMENT_EFFECT_MAPPING } from './treatment-effect.js'
import { WHAT_IF_MAPPINGS } from './what-if.js'

/** Every model that can take its inputs from a twin. The models of trial design take none: they concern no person. */
export const INPUT_MAPPINGS: readonly InputMapping[] = [
  PHENO_AGE_MAPPING,
  ELEVELD_MAPPING,
  ANTHROPOMETRY_MAPPING,
  VENTRICLE_MAPPING,
  PREVENT_MAPPING,
  SCORE2_MAPPING,
  SCORE2_DIABETES_MAPPING,
  TREATMENT_EFFECT_MAPPING,
  HOVORKA_MAPPING,
  BJORDALSBAKKE_MAPPING,
  SHI_MAPPING,
  LV_MASS_MAPPING,
  CPIC_PHENOTYPE_MAPPING,
  WARFARIN_MAPPING,
  MAP_ENGINE_MAPPING,
  BUELGA_MAPPING,
  GOTI_MAPPING,
  RENAL_FUNCTION_MAPPING,
  P_POSSUM_MAPPING,
  SORT_MAPPING,
  ...WHAT_IF_MAPPINGS,
]

/** @throws Unprocessable `model-not-mapped`: this model's inputs are not found in a twin */
export function mappingOf(model: string): InputMapping {
  const mapping = INPUT_MAPPINGS.find((candidate) => candidate.model === model)
  if (!mapping) throw new Unprocessable('model-not-mapped', 'This model does not take its inputs from a twin.')
  return mapping
}
