import { defineModel } from '../../model.js'
import { pow, sqrt } from '../../numerics/elementary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { leanMassScale, type Organ, organMasses, ORGANS } from './organ-masses.js'

export interface AnthropometryInput {
  readonly sex: 'male' | 'female'
  /** cm */
  readonly height_cm: number
  /** kg */
  readonly weight_kg: number
}

export interface AnthropometryOutput {
  /** Body mass index, kg/m2 */
  readonly bmi: number
  /** Fat-free mass, kg */
  readonly ffm_kg: number
  /** Body surface area by Mosteller and by DuBois, m2 */
  readonly bsaMosteller: number
  readonly bsaDuBois: number
  /** Blood volume, L */
  readonly bloodVolNadler_L: number
  /** Volume of the liver, mL; null for bodies too small for the regression. */
  readonly liverVauthey_mL: number | null
  /** Lean mass over that of the reference adult */
  readonly lbwScale: number
  /** g */
  readonly organMass_g: Readonly<Record<Organ, number>>
}

/** Body size and organ masses of an adult from sex, height and weight. */
export const anthropometry = defineModel<AnthropometryInput, AnthropometryOutput>({
  id: card.id,
  version: card.version,
  inputs: [
    { name: 'sex', quantity: 'Sex', kind: 'code', values: ['male', 'female'] },
    { name: 'height_cm', quantity: 'Body height', kind: 'number', unit: 'cm', range: { min: 120, max: 230 } },
    { name: 'weight_kg', quantity: 'Body weight', kind: 'number', unit: 'kg', range: { min: 25, max: 300 } },
  ],
  outputs: [
    { name: 'bmi', quantity: 'Body mass index', unit: 'kg/m2' },
    { name: 'ffm_kg', quantity: 'Fat-free mass', unit: 'kg' },
    { name: 'bsaMosteller', quantity: 'Body surface area (Mosteller)', unit: 'm2' },
    { name: 'bsaDuBois', quantity: 'Body surface area (DuBois)', unit: 'm2' },
    { name: 'bloodVolNadler_L', quantity: 'Blood volume', unit: 'L' },
    { name: 'liverVauthey_mL', quantity: 'Liver volume', unit: 'mL', nullable: true },
    { name: 'lbwScale', quantity: 'Lean mass over the reference', unit: '1' },
    ...ORGANS.map((organ) => ({ name: `organMass_g.${organ}`, quantity: `Mass of the ${organ}`, unit: 'g' })),
  ],
  card,
  coefficients,
  compute(input) {
    const bmi = input.weight_kg / ((input.height_cm / 100) * (input.height_cm / 100))
    const ffm_kg = fatFreeMass(input, bmi)
    const bsaMosteller = sqrt((input.height_cm * input.weight_kg) / coefficients.mostellerDivisor)
    const bsaDuBois = duBoisSurface(input)
    const lbwScale = leanMassScale(input.sex, ffm_kg)
    return {
      bmi,
      ffm_kg,
      bsaMosteller,
      bsaDuBois,
      bloodVolNadler_L: bloodVolume(input),
      liverVauthey_mL: liverVolume(bsaDuBois),
      lbwScale,
      organMass_g: organMasses(input.sex, lbwScale, bsaMosteller),
    }
  },
})

function fatFreeMass({ sex, weight_kg }: AnthropometryInput, bmi: number): number {
  const { numerator } = coefficients.fatFreeMass
  const { a, b } = coefficients.fatFreeMass[sex]
  return (numerator * weight_kg) / (a + b * bmi)
}

function duBoisSurface({ height_cm, weight_kg }: AnthropometryInput): number {
  const { factor, weightExponent, heightExponent } = coefficients.duBois
  return factor * pow(weight_kg, weightExponent) * pow(height_cm, heightExponent)
}

function bloodVolume({ sex, height_cm, weight_kg }: AnthropometryInput): number {
  const { a, b, c } = coefficients.bloodVolume[sex]
  const height = height_cm / 100
  return a * height * height * height + b * weight_kg + c
}

function liverVolume(bsa_m2: number): number | null {
  const volume = coefficients.liverVolume.slope * bsa_m2 + coefficients.liverVolume.intercept
  return volume > 0 ? volume : null
}
