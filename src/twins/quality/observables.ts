/**
 * What is known of the observations that twins are computed from: LOINC code → kind of value, UCUM unit of the code's
 * property, and the widest limits still compatible with life or with the assay. The limits catch errors, not illness: they
 * lie well outside every reference interval. Codes and properties: LOINC 2.80 (https://loinc.org); molar masses: PubChem.
 */
export interface Observable {
  name: string
  /** `quantity`: a number with a unit; `coded`: a code or a text. */
  value: 'quantity' | 'coded'
  /** UCUM unit of the property that the LOINC code names. */
  unit?: string
  /** Limits in `unit`, both included. */
  plausible?: readonly [low: number, high: number]
  /** g/mol, where mass and amount of substance are both in use. */
  molarMass?: number
  /** Units that senders are known to mean while they write `unit`. */
  confusedWith?: readonly string[]
}

const quantity = (
  name: string,
  unit: string,
  plausible: readonly [number, number],
  more: Pick<Observable, 'molarMass' | 'confusedWith'> = {},
): Observable => ({ name, value: 'quantity', unit, plausible, ...more })

const creatinine = { molarMass: 113.12, confusedWith: ['umol/L'] }
const cholesterol = { molarMass: 386.65, confusedWith: ['mmol/L'] }
const cholesterolMolar = { molarMass: 386.65, confusedWith: ['mg/dL'] }
const glucose = { molarMass: 180.156, confusedWith: ['mmol/L'] }
const protein = { confusedWith: ['g/L', 'g/dL'] }
const temperature = { confusedWith: ['[degF]', 'K'] }
const echo = { confusedWith: ['mm'] }
const length = { confusedWith: ['[in_i]', 'm', 'mm'] }

export const OBSERVABLES: Readonly<Record<string, Observable>> = {
  '8480-6': quantity('systolic blood pressure', 'mm[Hg]', [40, 300], { confusedWith: ['kPa'] }),
  '8462-4': quantity('diastolic blood pressure', 'mm[Hg]', [15, 200], { confusedWith: ['kPa'] }),
  '8867-4': quantity('heart rate', '/min', [15, 320]),
  '9279-1': quantity('respiratory rate', '/min', [2, 120]),
  '8310-5': quantity('body temperature', 'Cel', [20, 46], temperature),
  '8331-1': quantity('oral temperature', 'Cel', [20, 46], temperature),
  '2708-6': quantity('oxygen saturation, arterial', '%', [20, 100]),
  '59408-5': quantity('oxygen saturation, pulse oximetry', '%', [20, 100]),
  '8302-2': quantity('body height', 'cm', [20, 275], length),
  '29463-7': quantity('body weight', 'kg', [0.3, 650], { confusedWith: ['g', '[lb_av]'] }),
  '39156-5': quantity('body mass index', 'kg/m2', [6, 150]),
  '72166-2': { name: 'tobacco smoking status', value: 'coded' },

  '2093-3': quantity('total cholesterol', 'mg/dL', [20, 2000], cholesterol),
  '14647-2': quantity('total cholesterol', 'mmol/L', [0.5, 52], cholesterolMolar),
  '2085-9': quantity('HDL cholesterol', 'mg/dL', [3, 250], cholesterol),
  '14646-4': quantity('HDL cholesterol', 'mmol/L', [0.07, 6.5], cholesterolMolar),
  '13457-7': quantity('LDL cholesterol, calculated', 'mg/dL', [3, 1500], cholesterol),
  '18262-6': quantity('LDL cholesterol, direct', 'mg/dL', [3, 1500], cholesterol),
  '22748-8': quantity('LDL cholesterol', 'mmol/L', [0.07, 39], cholesterolMolar),
  '2571-8': quantity('triglycerides', 'mg/dL', [10, 15000], { molarMass: 885.4, confusedWith: ['mmol/L'] }),

  '2160-0': quantity('creatinine, serum', 'mg/dL', [0.05, 40], creatinine),
  '38483-4': quantity('creatinine, blood', 'mg/dL', [0.05, 40], creatinine),
  '14682-9': quantity('creatinine, serum', 'umol/L', [4, 3500], { molarMass: 113.12, confusedWith: ['mg/dL'] }),
  '33914-3': quantity('glomerular filtration rate', 'mL/min/{1.73_m2}', [0, 250]),
  '98979-8': quantity('glomerular filtration rate, CKD-EPI 2021', 'mL/min/{1.73_m2}', [0, 250]),
  '9318-7': quantity('urine albumin to creatinine ratio', 'mg/g', [0, 40000], { molarMass: 113.12 }),
  '14959-1': quantity('urine microalbumin to creatinine ratio', 'mg/g', [0, 40000], { molarMass: 113.12 }),
  '3094-0': quantity('urea nitrogen, serum', 'mg/dL', [0.5, 400], { molarMass: 28.014 }),
  '6299-2': quantity('urea nitrogen, blood', 'mg/dL', [0.5, 400], { molarMass: 28.014 }),
  '22664-7': quantity('urea, serum', 'mmol/L', [0.2, 150], { molarMass: 60.056 }),
  '2951-2': quantity('sodium, serum', 'mmol/L', [80, 220]),
  '2947-0': quantity('sodium, blood', 'mmol/L', [80, 220]),
  '2823-3': quantity('potassium, serum', 'mmol/L', [0.8, 15]),
  '6298-4': quantity('potassium, blood', 'mmol/L', [0.8, 15]),
  '2075-0': quantity('chloride, serum', 'mmol/L', [40, 180]),
  '2069-3': quantity('chloride, blood', 'mmol/L', [40, 180]),
  '2028-9': quantity('carbon dioxide, serum', 'mmol/L', [1, 80]),
  '20565-8': quantity('carbon dioxide, blood', 'mmol/L', [1, 80]),
  '17861-6': quantity('calcium, serum', 'mg/dL', [2, 25], { molarMass: 40.078, confusedWith: ['mmol/L'] }),
  '49765-1': quantity('calcium, blood', 'mg/dL', [2, 25], { molarMass: 40.078, confusedWith: ['mmol/L'] }),

  '2345-7': quantity('glucose, serum', 'mg/dL', [5, 3000], glucose),
  '2339-0': quantity('glucose, blood', 'mg/dL', [5, 3000], glucose),
  '4548-4': quantity('haemoglobin A1c', '%', [2, 25], { confusedWith: ['mmol/mol'] }),
  '59261-8': quantity('haemoglobin A1c, IFCC', 'mmol/mol', [1, 250], { confusedWith: ['%'] }),
  '1988-5': quantity('C-reactive protein', 'mg/L', [0, 1000]),
  '30522-7': quantity('C-reactive protein, high sensitivity', 'mg/L', [0, 1000]),
  '1751-7': quantity('albumin, serum', 'g/dL', [0.4, 9], protein),
  '2885-2': quantity('protein, serum', 'g/dL', [1, 20], protein),
  '10834-0': quantity('globulin, serum', 'g/dL', [0.4, 15], protein),
  '6768-6': quantity('alkaline phosphatase', 'U/L', [1, 10000]),
  '1742-6': quantity('alanine aminotransferase', 'U/L', [0, 30000]),
  '1920-8': quantity('aspartate aminotransferase', 'U/L', [0, 30000]),
  '1975-2': quantity('bilirubin, total', 'mg/dL', [0, 90], { molarMass: 584.66, confusedWith: ['umol/L'] }),
  '2857-1': quantity('prostate specific antigen', 'ng/mL', [0, 50000]),
  '33762-6': quantity('NT-proBNP', 'pg/mL', [0, 500000]),
  '6301-6': quantity('INR', '{INR}', [0.4, 50]),
  '20578-1': quantity('vancomycin', 'mg/L', [0, 500], { molarMass: 1449.3 }),
  '4092-3': quantity('vancomycin, trough', 'mg/L', [0, 500], { molarMass: 1449.3 }),

  '718-7': quantity('haemoglobin', 'g/dL', [1, 28], { confusedWith: ['g/L'] }),
  '4544-3': quantity('haematocrit', '%', [3, 85]),
  '20570-8': quantity('haematocrit', '%', [3, 85]),
  '789-8': quantity('erythrocytes', '10*6/uL', [0.3, 15]),
  '6690-2': quantity('leukocytes', '10*3/uL', [0, 1500], { confusedWith: ['/uL'] }),
  '777-3': quantity('platelets', '10*3/uL', [0, 6000], { confusedWith: ['/uL'] }),
  '736-9': quantity('lymphocytes per 100 leukocytes', '%', [0, 100]),
  '787-2': quantity('mean corpuscular volume', 'fL', [35, 180]),
  '785-6': quantity('mean corpuscular haemoglobin', 'pg', [5, 70]),
  '786-4': quantity('mean corpuscular haemoglobin concentration', 'g/dL', [15, 60], { confusedWith: ['g/L'] }),
  '788-0': quantity('erythrocyte distribution width, ratio', '%', [5, 60]),
  '21000-5': quantity('erythrocyte distribution width, volume', 'fL', [15, 180]),

  '10230-1': quantity('left ventricular ejection fraction', '%', [1, 95]),
  '29436-3': quantity('left ventricular internal diameter, diastole', 'cm', [0.5, 15], echo),
  '18154-5': quantity('interventricular septum thickness, diastole', 'cm', [0.1, 6], echo),
  '18152-9': quantity('left ventricular posterior wall thickness, diastole', 'cm', [0.1, 6], echo),
  '9269-2': quantity('Glasgow coma score', '{score}', [3, 15]),
  '72514-3': quantity('pain severity, 0 to 10', '{score}', [0, 10]),
}

export const LOINC = 'http://loinc.org'
export const SNOMED_CT = 'http://snomed.info/sct'

/** Facts that only one sex can have: SNOMED CT and LOINC codes with their meaning. */
export const SEX_SPECIFIC: Readonly<Record<'male' | 'female', Readonly<Record<string, string>>>> = {
  male: {
    '126906006': 'neoplasm of prostate',
    '399068003': 'malignant tumour of prostate',
    '92691004': 'carcinoma in situ of prostate',
    '266569009': 'benign prostatic hyperplasia',
    '363449006': 'malignant tumour of testis',
    '90470006': 'prostatectomy',
    '2857-1': 'prostate specific antigen',
    '32465-7': 'physical findings of prostate',
  },
  female: {
    '72892002': 'normal pregnancy',
    '77386006': 'pregnant',
    '398254007': 'pre-eclampsia',
    '11687002': 'gestational diabetes mellitus',
    '19169002': 'miscarriage in first trimester',
    '363443007': 'malignant tumour of ovary',
    '363354003': 'malignant tumour of cervix',
    '236886002': 'hysterectomy',
    '11466000': 'caesarean section',
  },
}

/** LOINC codes of what is established after death: cause of death, autopsy report. */
export const POSTHUMOUS: ReadonlySet<string> = new Set(['69453-9', '18743-5'])

/** What a cardiometabolic twin needs before it can be computed, and how many years a value stays current. */
export interface RecordInput {
  name: string
  /** Any one of these LOINC codes serves; the first is named in findings. */
  codes: readonly [string, ...string[]]
  currentForYears: number
}

export const RECORD_INPUTS: readonly RecordInput[] = [
  { name: 'systolic blood pressure', codes: ['8480-6'], currentForYears: 2 },
  { name: 'total cholesterol', codes: ['2093-3', '14647-2'], currentForYears: 5 },
  { name: 'HDL cholesterol', codes: ['2085-9', '14646-4'], currentForYears: 5 },
  { name: 'kidney function', codes: ['2160-0', '38483-4', '14682-9', '98979-8', '33914-3'], currentForYears: 2 },
  { name: 'body mass index or weight', codes: ['39156-5', '29463-7'], currentForYears: 2 },
  { name: 'tobacco smoking status', codes: ['72166-2'], currentForYears: 2 },
]
