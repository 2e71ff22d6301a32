import { coefficients } from './coefficients.js'

export const ORGANS = ['heart', 'kidneys', 'liver', 'lungs', 'spleen', 'pancreas', 'muscle', 'brain', 'skin'] as const
export type Organ = (typeof ORGANS)[number]

/** Lean mass of the person in units of the reference adult's: weight without separable adipose tissue. */
export function leanMassScale(sex: 'male' | 'female', fatFreeMass_kg: number): number {
  const { weight_kg, separableAdipose_kg } = coefficients.reference[sex]
  return fatFreeMass_kg / (weight_kg - separableAdipose_kg)
}

/**
 * Organ masses in g, scaled from the reference adult (Huisinga 2012, doi:10.1038/psp.2012.3): with lean mass, but the skin
 * with body surface, while the brain does not depend on body size.
 */
export function organMasses(sex: 'male' | 'female', leanScale: number, bsa_m2: number): Record<Organ, number> {
  const { organs_g, bsa_m2: referenceBsa } = coefficients.reference[sex]
  const lean = (organ: Organ): number => organs_g[organ] * leanScale
  return {
    heart: lean('heart'),
    kidneys: lean('kidneys'),
    liver: lean('liver'),
    lungs: lean('lungs'),
    spleen: lean('spleen'),
    pancreas: lean('pancreas'),
    muscle: lean('muscle'),
    brain: organs_g.brain,
    skin: (organs_g.skin * bsa_m2) / referenceBsa,
  }
}
