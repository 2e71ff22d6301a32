/** The predictors of the PREVENT equations after centring and scaling. */
export const PREVENT_TERMS = [
  'age',
  'ageSquared',
  'nonHdl',
  'hdl',
  'sbpBelow110',
  'sbpFrom110',
  'diabetes',
  'smoking',
  'bmiBelow30',
  'bmiFrom30',
  'egfrBelow60',
  'egfrFrom60',
  'antihypertensive',
  'statin',
  'treatedSbpFrom110',
  'treatedNonHdl',
  'ageNonHdl',
  'ageHdl',
  'ageSbpFrom110',
  'ageDiabetes',
  'ageSmoking',
  'ageBmiFrom30',
  'ageEgfrBelow60',
  'hba1cWithDiabetes',
  'hba1cWithoutDiabetes',
  'hba1cMissing',
  'lnUacr',
  'uacrMissing',
  'sdi4To6',
  'sdi7To10',
  'sdiMissing',
  'constant',
] as const
export type PreventTerm = (typeof PREVENT_TERMS)[number]

/** The outcomes the equations predict, named as in the results. */
export const PREVENT_OUTCOMES = ['total_cvd', 'ascvd', 'heart_failure', 'chd', 'stroke'] as const
export type PreventOutcome = (typeof PREVENT_OUTCOMES)[number]

/** Log-odds coefficients of one horizon: for each sex and outcome one number per term. */
export interface PreventTable {
  readonly terms: readonly PreventTerm[]
  readonly female: Readonly<Record<PreventOutcome, readonly number[]>>
  readonly male: Readonly<Record<PreventOutcome, readonly number[]>>
}

/** Both horizons of one set of predictors. */
export interface PreventTables {
  readonly y10: PreventTable
  readonly y30: PreventTable
}
