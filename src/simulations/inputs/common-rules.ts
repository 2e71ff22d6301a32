/** Rules that several mappings share. */
import { findModel } from '../../models/registry/find-model.js'
import type { AgeRule, AnswerRule, DerivedRule, EitherRule, MeasurementRule, ParameterRule, SexRule } from './rules.js'

export const AGE: AgeRule = { from: 'age', category: 'demographics' }
export const SEX: SexRule = { from: 'sex', category: 'demographics' }
/** An input of the model that is stated and not read. */
export const STATED: ParameterRule = { from: 'parameter' }

/** g/mol */
const CHOLESTEROL = 386.65

export function vitalSign(code: string, unit: string, maximumAge?: string): MeasurementRule {
  const rule = { from: 'measurement', category: 'vital-signs', codes: [code], unit } as const
  return maximumAge === undefined ? rule : { ...rule, maximumAge }
}

export function laboratory(
  codes: readonly string[],
  unit: string,
  maximumAge: string,
  molarMass?: number,
): MeasurementRule {
  const rule = { from: 'measurement', category: 'laboratory', codes, unit, maximumAge } as const
  return molarMass === undefined ? rule : { ...rule, molarMass }
}

export const SYSTOLIC = '8480-6'
export const DIASTOLIC = '8462-4'
export const HEART_RATE = '8867-4'
/** An adult's height stays. */
export const height = (unit: string, maximumAge?: string): MeasurementRule => vitalSign('8302-2', unit, maximumAge)
export const weight = (maximumAge: string): MeasurementRule => vitalSign('29463-7', 'kg', maximumAge)

export const totalCholesterol = (unit: string): MeasurementRule =>
  laboratory(['2093-3', '14647-2'], unit, 'P5Y', CHOLESTEROL)
export const hdlCholesterol = (unit: string): MeasurementRule =>
  laboratory(['2085-9', '14646-4'], unit, 'P5Y', CHOLESTEROL)
/** Calculated, direct, in amount of substance. */
export const ldlCholesterol = (unit: string): MeasurementRule =>
  laboratory(['13457-7', '18262-6', '22748-8'], unit, 'P1Y', CHOLESTEROL)

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
  return laboratory(['2160-0', '14682-9', '38483-4'], unit, maximumAge, 113.12)
}

const renalFunction = findModel('renal.ckdepi2021+cockcroftgault')

/** `model@version`, as the record names what computed a value. */
export const computedBy = ({ id, version }: { id: string; version: string }): string => `${id}@${version}`

const FILTRATION_FROM_CREATININE: DerivedRule = {
  from: 'derived',
  by: computedBy(renalFunction),
  unit: 'mL/min/{1.73_m2}',
  of: { creatinine_mgdL: creatinine('mg/dL'), age: AGE, sex: SEX },
  compute: (values) => (renalFunction.evaluate(values) as { egfr: number }).egfr,
}

export const GLOMERULAR_FILTRATION: EitherRule = {
  from: 'either',
  rules: [laboratory(['98979-8', '33914-3'], 'mL/min/{1.73_m2}', 'P1Y'), FILTRATION_FROM_CREATININE],
}

/** Cockcroft-Gault, not indexed to body surface. */
export function creatinineClearance(maximumAge: string, weightMaximumAge: string): DerivedRule {
  return {
    from: 'derived',
    by: computedBy(renalFunction),
    unit: 'mL/min',
    of: {
      creatinine_mgdL: creatinine('mg/dL', maximumAge),
      age: AGE,
      sex: SEX,
      weight_kg: weight(weightMaximumAge),
    },
    compute: (values) => (renalFunction.evaluate(values) as { crcl_mLmin: number }).crcl_mLmin,
  }
}

const BMI_FROM_HEIGHT_AND_WEIGHT: DerivedRule = {
  from: 'derived',
  by: 'weight/height^2',
  unit: 'kg/m2',
  of: {
    weight: weight('P1Y'),
    height: height('m', 'P10Y'),
  },
  compute: ({ weight, height }) => Number(weight) / (Number(height) * Number(height)),
}

export const BMI: EitherRule = {
  from: 'either',
  rules: [vitalSign('39156-5', 'kg/m2', 'P1Y'), BMI_FROM_HEIGHT_AND_WEIGHT],
}

function answered(value: boolean, codes: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(codes.map((code) => [code, value]))
}
