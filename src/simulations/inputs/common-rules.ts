/** Rules that several mappings share. */
import { findModel } from '../../models/registry/find-model.js'
import type { AgeRule, AnswerRule, DerivedRule, EitherRule, MeasurementRule, SexRule } from './mapping.js'

export const AGE: AgeRule = { from: 'age', category: 'demographics' }
export const SEX: SexRule = { from: 'sex', category: 'demographics' }

/** LOINC 72166-2 with its SNOMED CT answers and the answer list LL2201-3. */
export const SMOKING: AnswerRule = {
  from: 'answer',
  category: 'social-history',
  codes: ['72166-2'],
  answers: {
    ...answered(true, ['77176002', '449868002', '428041000124106', '428071000124103', '428061000124105', '65568007']),
    ...answered(true, ['LA18976-3', 'LA18977-1', 'LA18981-3', 'LA18982-1']),
    ...answered(false, ['266919005', '8517006', 'LA18978-9', 'LA15920-4']),
  },
  maximumAge: 'P1Y',
}

/** IDMS-traceable creatinine; 113.12 g/mol. */
export function creatinine(unit: string, maximumAge = 'P1Y'): MeasurementRule {
  const codes = ['2160-0', '14682-9', '38483-4']
  return { from: 'measurement', category: 'laboratory', codes, unit, molarMass: 113.12, maximumAge }
}

const renalFunction = findModel('renal.ckdepi2021+cockcroftgault')

const FILTRATION_FROM_CREATININE: DerivedRule = {
  from: 'derived',
  by: `${renalFunction.id}@${renalFunction.version}`,
  unit: 'mL/min/{1.73_m2}',
  of: { creatinine_mgdL: creatinine('mg/dL'), age: AGE, sex: SEX },
  compute: (values) => (renalFunction.evaluate(values) as { egfr: number }).egfr,
}

export const GLOMERULAR_FILTRATION: EitherRule = {
  from: 'either',
  rules: [
    {
      from: 'measurement',
      category: 'laboratory',
      codes: ['98979-8', '33914-3'],
      unit: 'mL/min/{1.73_m2}',
      maximumAge: 'P1Y',
    },
    FILTRATION_FROM_CREATININE,
  ],
}

const BMI_FROM_HEIGHT_AND_WEIGHT: DerivedRule = {
  from: 'derived',
  by: 'weight/height^2',
  unit: 'kg/m2',
  of: {
    weight: { from: 'measurement', category: 'vital-signs', codes: ['29463-7'], unit: 'kg', maximumAge: 'P1Y' },
    // An adult's height stays.
    height: { from: 'measurement', category: 'vital-signs', codes: ['8302-2'], unit: 'm', maximumAge: 'P10Y' },
  },
  compute: ({ weight, height }) => Number(weight) / (Number(height) * Number(height)),
}

export const BMI: EitherRule = {
  from: 'either',
  rules: [
    { from: 'measurement', category: 'vital-signs', codes: ['39156-5'], unit: 'kg/m2', maximumAge: 'P1Y' },
    BMI_FROM_HEIGHT_AND_WEIGHT,
  ],
}

function answered(value: boolean, codes: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(codes.map((code) => [code, value]))
}
