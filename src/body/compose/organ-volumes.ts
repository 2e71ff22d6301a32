import { type AnthropometryOutput } from '../../models/library/body-anthropometry/model.js'
import { ORGAN_COEFFICIENTS } from './organ-coefficients.js'
import { type DrawnOrgan } from './organ-shapes.js'

/**
 * Volumes of the organs as they lie in the body, mL: tissue by its density, with the blood in the heart's chambers and the
 * air in the lungs, which scale with lean mass like the tissue itself.
 */
export function organVolumes(
  sex: 'male' | 'female',
  { organMass_g, lbwScale }: Pick<AnthropometryOutput, 'organMass_g' | 'lbwScale'>,
): Readonly<Record<DrawnOrgan, number>> {
  const { density, bloodDensity, heartContents_g, lungAir_mL, rightLungShare } = ORGAN_COEFFICIENTS
  const tissue = (organ: keyof typeof density): number => organMass_g[organ] / density[organ]
  const lungs = tissue('lungs') + lungAir_mL[sex] * lbwScale
  return {
    brain: tissue('brain'),
    'right lung': lungs * rightLungShare,
    'left lung': lungs * (1 - rightLungShare),
    heart: tissue('heart') + (heartContents_g[sex] * lbwScale) / bloodDensity,
    liver: tissue('liver'),
    spleen: tissue('spleen'),
    pancreas: tissue('pancreas'),
    'right kidney': tissue('kidneys') / 2,
    'left kidney': tissue('kidneys') / 2,
  }
}
