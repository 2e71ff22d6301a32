import { type InputSpecification } from '../../input-specification.js'

/** An adult about to start warfarin with a target INR of 2 to 3. */
export interface WarfarinInput {
  /** a; the equations use whole decades. */
  readonly age: number
  /** cm */
  readonly height_cm: number
  /** kg */
  readonly weight_kg: number
  /** VKORC1 −1639 G>A (rs9923231); GA is AG. */
  readonly vkorc1_1639: 'GG' | 'AG' | 'GA' | 'AA' | 'unknown'
  /** Diplotype of *1, *2 and *3 in either order. Other alleles are refused: mapping them to *1 would overdose. */
  readonly cyp2c9: string
  /** As in the publication; mixed stands for mixed, missing and unknown. */
  readonly race: 'white' | 'asian' | 'black' | 'mixed' | 'missing' | 'unknown'
  /** Takes carbamazepine, phenytoin, rifampin or rifampicin. */
  readonly enzymeInducer: 0 | 1 | boolean
  readonly amiodarone: 0 | 1 | boolean
}

/** In either order of the alleles. */
export const CYP2C9_DIPLOTYPES = [
  '*1/*1',
  '*1/*2',
  '*2/*1',
  '*1/*3',
  '*3/*1',
  '*2/*2',
  '*2/*3',
  '*3/*2',
  '*3/*3',
  'unknown',
] as const

const yesOrNo = [0, 1, true, false]

export const inputs: readonly InputSpecification[] = [
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 18, max: 110 } },
  { name: 'height_cm', quantity: 'Body height', kind: 'number', unit: 'cm', range: { min: 100, max: 250 } },
  { name: 'weight_kg', quantity: 'Body weight', kind: 'number', unit: 'kg', range: { min: 20, max: 300 } },
  {
    name: 'vkorc1_1639',
    quantity: 'VKORC1 −1639 genotype',
    kind: 'code',
    values: ['GG', 'AG', 'GA', 'AA', 'unknown'],
  },
  { name: 'cyp2c9', quantity: 'CYP2C9 diplotype', kind: 'code', values: CYP2C9_DIPLOTYPES },
  {
    name: 'race',
    quantity: 'Race as recorded in the publication',
    kind: 'code',
    values: ['white', 'asian', 'black', 'mixed', 'missing', 'unknown'],
  },
  { name: 'enzymeInducer', quantity: 'Enzyme inducer', kind: 'code', values: yesOrNo },
  { name: 'amiodarone', quantity: 'Amiodarone', kind: 'code', values: yesOrNo },
]
