/** Phenotypic age (card: src/models/library/ageing-phenoage-2018/card.ts). */
import { ln } from '../../models/numerics/elementary.js'
import { AGE, creatinine } from './common-rules.js'
import type { InputMapping, MeasurementRule } from './mapping.js'

function laboratory(codes: readonly string[], unit: string, molarMass?: number): MeasurementRule {
  const rule = { from: 'measurement', category: 'laboratory', codes, unit, maximumAge: 'P1Y' } as const
  return molarMass === undefined ? rule : { ...rule, molarMass }
}

export const PHENO_AGE_MAPPING: InputMapping = {
  model: 'ageing.phenoage-2018',
  version: '1.0.0',
  inputs: {
    albumin_gL: laboratory(['1751-7'], 'g/L'),
    creatinine_umolL: creatinine('umol/L'),
    glucose_mmolL: laboratory(['2345-7'], 'mmol/L', 180.156),
    lnCRP_mgdL: {
      from: 'derived',
      by: 'ln(C-reactive protein in mg/dL)',
      unit: '1',
      of: { crp: { ...laboratory(['1988-5', '30522-7'], 'mg/dL'), censoredBelow: 'limit' } },
      compute: ({ crp }) => ln(Number(crp)),
    },
    lymph_pct: laboratory(['736-9'], '%'),
    mcv_fL: laboratory(['787-2'], 'fL'),
    rdw_pct: laboratory(['788-0'], '%'),
    alp_UL: laboratory(['6768-6'], 'U/L'),
    wbc_10e9L: laboratory(['6690-2'], '10*9/L'),
    age: AGE,
  },
}
