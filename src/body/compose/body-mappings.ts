/** How the inputs of a body are found in a twin. */
import {
  DIASTOLIC,
  echo,
  HEART_RATE,
  height,
  LINEAR,
  SEX,
  SYSTOLIC,
  vitalSign,
  weight,
  type InputMapping,
} from '../../simulations/queries/select-model-inputs.js'

/** Raised whenever a rule changes: written into each file. */
export const MAPPING_VERSION = '1.0.0'

/** LOINC has several codes for the ejection fraction; the one by ultrasound stands nearest to the diameters. */
export const VENTRICLE_MAPPING: InputMapping = {
  model: 'body.lv-truncated-ellipsoid',
  version: MAPPING_VERSION,
  inputs: {
    ...LINEAR,
    ejectionFraction_percent: echo(['18043-0', '10230-1'], '%', 'P1Y'),
    heartRate: vitalSign(HEART_RATE, '/min', 'P1Y'),
    SBP: vitalSign(SYSTOLIC, 'mm[Hg]', 'P1Y'),
    DBP: vitalSign(DIASTOLIC, 'mm[Hg]', 'P1Y'),
  },
}

/** Adults keep their height for long. */
export const ORGANS_MAPPING: InputMapping = {
  model: 'body.anthropometry',
  version: MAPPING_VERSION,
  inputs: {
    sex: SEX,
    height_cm: height('cm', 'P10Y'),
    weight_kg: weight('P1Y'),
  },
}
