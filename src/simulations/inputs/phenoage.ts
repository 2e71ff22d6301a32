/** Phenotypic age (card: src/models/library/ageing-phenoage-2018/card.ts). */
import { ln } from '../../models/numerics/elementary.js'
import { AGE, creatinine, laboratory } from './common-rules.js'
import type { InputMapping } from './mapping.js'
import type { MeasurementRule } from './rules.js'

const marker = (code: string, unit: string, molarMass?: number): MeasurementRule =>
  laboratory([code], unit, 'P1Y', molarMass)

export const PHENO_AGE_MAPPING: InputMapping = {
  model: 'ageing.phenoage-2018',
  version: '1.0.0',
  inputs: {
    albumin_gL: marker('1751-7', 'g/L'),
    creatinine_umolL: creatinine('umol/L'),
    glucose_mmolL: marker('2345-7', 'mmol/L', 180.156),
    lnCRP_mgdL: {
      from: 'derived',
      by: 'ln(C-reactive protein in mg/dL)',
      unit: '1',
      of: { crp: { ...laboratory(['1988-5', '30522-7'], 'mg/dL', 'P1Y'), censoredBelow: 'limit' } },
      compute: ({ crp }) => ln(Number(crp)),
    },
    lymph_pct: marker('736-9', '%'),
    mcv_fL: marker('787-2', 'fL'),
    rdw_pct: marker('788-0', '%'),
    alp_UL: marker('6768-6', 'U/L'),
    wbc_10e9L: marker('6690-2', '10*9/L'),
    age: AGE,
  },
}
