import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { cavityVolume, epicardialVolume, type VentricleGeometry } from './geometry.js'
import { segmentWallVolumes } from './segments.js'

export interface VentricleOutput {
  /** Volume of the cavity, mm3 */
  readonly cavity_mm3: number
  /** Volume inside the epicardium, mm3 */
  readonly epi_mm3: number
  /** Volume of the wall, mm3 */
  readonly wall_mm3: number
  /** Mass of the wall, g */
  readonly lvMass_g: number
  /** Mass of the wall in each AHA segment, 1 to 17 in order, g */
  readonly segmentMass_g: readonly number[]
}

const halfAxis = (name: string, quantity: string): InputSpecification => ({
  name,
  quantity,
  kind: 'number',
  unit: 'mm',
  range: { min: 1, max: 200 },
})

const inputs: readonly InputSpecification[] = [
  halfAxis('aEndo_mm', 'Short half-axis of the endocardium'),
  halfAxis('cEndo_mm', 'Long half-axis of the endocardium'),
  halfAxis('aEpi_mm', 'Short half-axis of the epicardium'),
  halfAxis('cEpi_mm', 'Long half-axis of the epicardium'),
  {
    name: 'baseZ_mm',
    quantity: 'Height of the base over the equator',
    kind: 'number',
    unit: 'mm',
    range: { min: -200, max: 200 },
  },
]

/** The left ventricle as a truncated ellipsoid: volumes and mass, whole and by segment. */
export const leftVentricle = defineModel<VentricleGeometry, VentricleOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'cavity_mm3', quantity: 'Cavity volume', unit: 'mm3' },
    { name: 'epi_mm3', quantity: 'Volume inside the epicardium', unit: 'mm3' },
    { name: 'wall_mm3', quantity: 'Wall volume', unit: 'mm3' },
    { name: 'lvMass_g', quantity: 'Left ventricular mass', unit: 'g' },
    { name: 'segmentMass_g', quantity: 'Mass of the AHA segments 1-17', unit: 'g' },
  ],
  card,
  coefficients,
  applicability,
  compute(geometry) {
    const cavity_mm3 = cavityVolume(geometry)
    const epi_mm3 = epicardialVolume(geometry)
    const wall_mm3 = epi_mm3 - cavity_mm3
    const gramsPerMm3 = coefficients.myocardialDensity / 1000
    return {
      cavity_mm3,
      epi_mm3,
      wall_mm3,
      lvMass_g: wall_mm3 * gramsPerMm3,
      segmentMass_g: segmentWallVolumes(geometry).map((volume) => volume * gramsPerMm3),
    }
  },
})

function applicability(geometry: Partial<VentricleGeometry>): readonly RefusalReason[] {
  const reasons: RefusalReason[] = []
  const refuse = (input: string, limit: string): void => {
    reasons.push({ input, code: 'not-applicable', limit })
  }
  if (Number(geometry.aEpi_mm) <= Number(geometry.aEndo_mm)) refuse('aEpi_mm', 'above aEndo_mm')
  if (Number(geometry.cEpi_mm) <= Number(geometry.cEndo_mm)) refuse('cEpi_mm', 'above cEndo_mm')
  if (Math.abs(Number(geometry.baseZ_mm)) >= Number(geometry.cEndo_mm)) refuse('baseZ_mm', 'within cEndo_mm of 0')
  return reasons
}
