import { type InputSpecification } from '../../input-specification.js'

/** Points of the operative items, as the operation went. */
export interface OperativeFindings {
  /** Minor 1, moderate 2, major 4, major+ 8 */
  readonly severity: 1 | 2 | 4 | 8
  /** One 1, two 4, more 8 */
  readonly procedures: 1 | 4 | 8
  /** Up to 100 mL 1, 500 mL 2, 999 mL 4, more 8 */
  readonly bloodLoss: 1 | 2 | 4 | 8
  /** None 1, minor 2, local pus 4, free content, pus or blood 8 */
  readonly soiling: 1 | 2 | 4 | 8
  /** None 1, primary 2, nodes 4, distant 8 */
  readonly malignancy: 1 | 2 | 4 | 8
  /** Elective 1, urgent 4, immediate 8 */
  readonly urgency: 1 | 4 | 8
}

/** The state at the time of surgery: points for what is judged, measurements for what is measured. */
export interface PPossumInput {
  /** a */
  readonly age: number
  /** None 1; diuretic, digoxin, antianginal or antihypertensive 2; oedema or warfarin 4; raised venous pressure 8 */
  readonly cardiac: 1 | 2 | 4 | 8
  /** No dyspnoea 1, on exertion 2, limiting 4, at rest or fibrosis or consolidation 8 */
  readonly resp: 1 | 2 | 4 | 8
  /** Normal 1, atrial fibrillation of 60-90/min 4, any other change 8 */
  readonly ecg: 1 | 4 | 8
  /** mm[Hg] */
  readonly sbp: number
  /** /min */
  readonly pulse: number
  /** Glasgow coma scale, 3 to 15 */
  readonly gcs: number
  /** g/L */
  readonly hb_gL: number
  /** 10*9/L */
  readonly wcc: number
  /** mmol/L */
  readonly urea: number
  /** mmol/L */
  readonly na: number
  /** mmol/L */
  readonly k: number
  readonly op: OperativeFindings
}

const fourGrades = [1, 2, 4, 8]
const threeGrades = [1, 4, 8]

export const inputs: readonly InputSpecification[] = [
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 16, max: 120 } },
  { name: 'cardiac', quantity: 'Points of cardiac signs', kind: 'code', values: fourGrades },
  { name: 'resp', quantity: 'Points of respiratory signs', kind: 'code', values: fourGrades },
  { name: 'ecg', quantity: 'Points of the electrocardiogram', kind: 'code', values: threeGrades },
  { name: 'sbp', quantity: 'Systolic blood pressure', kind: 'number', unit: 'mm[Hg]', range: { min: 20, max: 300 } },
  { name: 'pulse', quantity: 'Heart rate', kind: 'number', unit: '/min', range: { min: 10, max: 300 } },
  {
    name: 'gcs',
    quantity: 'Glasgow coma scale',
    kind: 'number',
    unit: '{score}',
    integer: true,
    range: { min: 3, max: 15 },
  },
  { name: 'hb_gL', quantity: 'Haemoglobin', kind: 'number', unit: 'g/L', range: { min: 20, max: 250 } },
  { name: 'wcc', quantity: 'Leukocytes', kind: 'number', unit: '10*9/L', range: { min: 0, max: 500 } },
  { name: 'urea', quantity: 'Urea', kind: 'number', unit: 'mmol/L', range: { min: 0, max: 100 } },
  { name: 'na', quantity: 'Sodium', kind: 'number', unit: 'mmol/L', range: { min: 90, max: 200 } },
  { name: 'k', quantity: 'Potassium', kind: 'number', unit: 'mmol/L', range: { min: 1, max: 12 } },
  {
    name: 'op',
    quantity: 'Operative findings',
    kind: 'group',
    members: [
      { name: 'severity', quantity: 'Points of operative severity', kind: 'code', values: fourGrades },
      { name: 'procedures', quantity: 'Points of the number of procedures', kind: 'code', values: threeGrades },
      { name: 'bloodLoss', quantity: 'Points of blood loss', kind: 'code', values: fourGrades },
      { name: 'soiling', quantity: 'Points of peritoneal soiling', kind: 'code', values: fourGrades },
      { name: 'malignancy', quantity: 'Points of malignancy', kind: 'code', values: fourGrades },
      { name: 'urgency', quantity: 'Points of urgency', kind: 'code', values: threeGrades },
    ],
  },
]
