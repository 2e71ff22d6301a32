/** One way to report a quantity: the LOINC code whose property fits the UCUM unit. */
export interface Reporting {
  code: string
  display: string
  /** UCUM. */
  unit: string
  decimals: number
}

/** How a value varies from visit to visit in one person, and between which values the generator keeps it. */
interface Behaviour {
  /** Within-person coefficient of variation, analysis included; a fraction. Sizes after the EFLM database. */
  variation: number
  low: number
  high: number
}

/** How laboratories on SI units report the quantity: `value * factor + offset`. */
type SiReporting = Reporting & { factor: number; offset: number }

/** A measured quantity. Values are held in the unit of its first reporting. */
export interface Analyte extends Reporting, Behaviour {
  si?: SiReporting
}

function analyte(
  code: string,
  display: string,
  unit: string,
  decimals: number,
  behaviour: Behaviour,
  si?: SiReporting,
) {
  return { code, display, unit, decimals, ...behaviour, si } satisfies Analyte
}

function inSi(code: string, display: string, unit: string, decimals: number, factor: number, offset = 0): SiReporting {
  return { code, display, unit, decimals, factor, offset }
}

/** A quantity calculated from others has no variation of its own. */
const calculated = (low: number, high: number): Behaviour => ({ variation: 0, low, high })
const varying = (variation: number, low: number, high: number): Behaviour => ({ variation, low, high })

/** mmol/L per mg/dL, molar masses 386.65 and 885.4 g/mol. */
const CHOLESTEROL = 0.02586
const TRIGLYCERIDE = 0.01129
/** µmol/L per mg/dL, molar mass 113.12 g/mol. */
export const CREATININE_FACTOR = 88.42

export const ANALYTE = {
  totalCholesterol: analyte(
    '2093-3',
    'Cholesterol [Mass/volume] in Serum or Plasma',
    'mg/dL',
    0,
    varying(0.045, 100, 345),
    inSi('14647-2', 'Cholesterol [Moles/volume] in Serum or Plasma', 'mmol/L', 2, CHOLESTEROL),
  ),
  hdl: analyte(
    '2085-9',
    'Cholesterol in HDL [Mass/volume] in Serum or Plasma',
    'mg/dL',
    0,
    varying(0.05, 22, 98),
    inSi('14646-4', 'Cholesterol in HDL [Moles/volume] in Serum or Plasma', 'mmol/L', 2, CHOLESTEROL),
  ),
  ldl: analyte(
    '13457-7',
    'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation',
    'mg/dL',
    0,
    calculated(15, 280),
    inSi('22748-8', 'Cholesterol in LDL [Moles/volume] in Serum or Plasma', 'mmol/L', 2, CHOLESTEROL),
  ),
  triglycerides: analyte(
    '2571-8',
    'Triglyceride [Mass/volume] in Serum or Plasma',
    'mg/dL',
    0,
    varying(0.17, 35, 390),
    inSi('14927-8', 'Triglyceride [Moles/volume] in Serum or Plasma', 'mmol/L', 2, TRIGLYCERIDE),
  ),
  creatinine: analyte(
    '2160-0',
    'Creatinine [Mass/volume] in Serum or Plasma',
    'mg/dL',
    2,
    varying(0.045, 0.4, 3.4),
    inSi('14682-9', 'Creatinine [Moles/volume] in Serum or Plasma', 'umol/L', 0, CREATININE_FACTOR),
  ),
  egfr: analyte(
    '98979-8',
    'Glomerular filtration rate [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)/1.73 sq M',
    'mL/min/{1.73_m2}',
    0,
    calculated(15, 139),
  ),
  hba1c: analyte(
    '4548-4',
    'Hemoglobin A1c/Hemoglobin.total in Blood',
    '%',
    1,
    varying(0.02, 4.6, 13),
    // The NGSP-IFCC master equation, solved for IFCC.
    inSi('59261-8', 'Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol', 'mmol/mol', 0, 10.929, -23.5),
  ),
  glucose: analyte('2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'mg/dL', 0, varying(0.055, 62, 390)),
  uacr: analyte('9318-7', 'Albumin/Creatinine [Mass Ratio] in Urine', 'mg/g', 1, varying(0.3, 1, 900)),
  sodium: analyte('2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'mmol/L', 0, varying(0.008, 128, 149)),
  potassium: analyte('2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 1, varying(0.045, 3, 5.8)),
  urea: analyte('22664-7', 'Urea [Moles/volume] in Serum or Plasma', 'mmol/L', 1, varying(0.13, 1.8, 24)),
  haemoglobin: analyte('718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL', 1, varying(0.028, 8.5, 18.5)),
  albumin: analyte('1751-7', 'Albumin [Mass/volume] in Serum or Plasma', 'g/dL', 1, varying(0.026, 3, 5.3)),
  crp: analyte('1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'mg/L', 1, varying(0.35, 0.2, 40)),
  lymphocytes: analyte('736-9', 'Lymphocytes/Leukocytes in Blood by Automated count', '%', 1, varying(0.1, 10, 55)),
  mcv: analyte(
    '787-2',
    'MCV [Entitic mean volume] in Red Blood Cells by Automated count',
    'fL',
    1,
    varying(0.008, 74, 106),
  ),
  rdw: analyte('788-0', 'Erythrocyte distribution width [Ratio] by Automated count', '%', 1, varying(0.017, 11.2, 19)),
  alkalinePhosphatase: analyte(
    '6768-6',
    'Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma',
    'U/L',
    0,
    varying(0.055, 28, 190),
  ),
  leukocytes: analyte(
    '6690-2',
    'Leukocytes [#/volume] in Blood by Automated count',
    '10*3/uL',
    1,
    varying(0.11, 3, 15),
  ),
  inr: analyte('6301-6', 'INR in Platelet poor plasma by Coagulation assay', '{INR}', 1, varying(0.15, 0.9, 5)),
} as const satisfies Record<string, Analyte>

export const VITAL_SIGN = {
  systolic: analyte('8480-6', 'Systolic blood pressure', 'mm[Hg]', 0, varying(0.045, 88, 205)),
  diastolic: analyte('8462-4', 'Diastolic blood pressure', 'mm[Hg]', 0, varying(0.05, 48, 118)),
  heartRate: analyte('8867-4', 'Heart rate', '/min', 0, varying(0.07, 44, 118)),
  height: analyte('8302-2', 'Body height', 'cm', 0, calculated(142, 205)),
  weight: analyte('29463-7', 'Body weight', 'kg', 1, varying(0.008, 38, 180)),
  bmi: analyte('39156-5', 'Body mass index (BMI) [Ratio]', 'kg/m2', 1, calculated(15, 50)),
} as const satisfies Record<string, Analyte>

export type AnalyteKey = keyof typeof ANALYTE
export type VitalSignKey = keyof typeof VITAL_SIGN
export type QuantityKey = AnalyteKey | VitalSignKey

export const QUANTITY: Record<QuantityKey, Analyte> = { ...ANALYTE, ...VITAL_SIGN }

/** To decimal digits, as laboratories print. */
export function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
