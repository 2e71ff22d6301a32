/** How the inputs of a body are found in a twin. */
import type { InputMapping } from '../../simulations/queries/select-model-inputs.js'

/** Raised whenever a rule changes: written into each file. */
export const MAPPING_VERSION = '1.0.0'

const echo = (codes: readonly string[], unit: string) =>
  ({ from: 'measurement', category: 'imaging', codes, unit, maximumAge: 'P1Y' }) as const
const vitalSign = (codes: readonly string[], unit: string, maximumAge = 'P1Y') =>
  ({ from: 'measurement', category: 'vital-signs', codes, unit, maximumAge }) as const

/** LOINC has several codes for the ejection fraction; the one by ultrasound stands nearest to the diameters. */
export const VENTRICLE_MAPPING: InputMapping = {
  model: 'body.lv-truncated-ellipsoid',
  version: MAPPING_VERSION,
  inputs: {
    lvidd_cm: echo(['29436-3'], 'cm'),
    ivsd_cm: echo(['18154-5'], 'cm'),
    lvpwd_cm: echo(['18152-9'], 'cm'),
    ejectionFraction_percent: echo(['18043-0', '10230-1'], '%'),
    heartRate: vitalSign(['8867-4'], '/min'),
    SBP: vitalSign(['8480-6'], 'mm[Hg]'),
    DBP: vitalSign(['8462-4'], 'mm[Hg]'),
  },
}

/** Adults keep their height for long. */
export const ORGANS_MAPPING: InputMapping = {
  model: 'body.anthropometry',
  version: MAPPING_VERSION,
  inputs: {
    sex: { from: 'sex', category: 'demographics' },
    height_cm: vitalSign(['8302-2'], 'cm', 'P10Y'),
    weight_kg: vitalSign(['29463-7'], 'kg'),
  },
}
