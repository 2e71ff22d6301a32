import { type InputSpecification } from '../../input-specification.js'

export const ASA_CLASSES = ['I', 'II', 'III', 'IV', 'V'] as const
/** Elective, expedited, urgent, immediate (NCEPOD). */
export const URGENCIES = ['Ele', 'Exp', 'U', 'I'] as const
/** Minor, intermediate, major, xmajor, complex (AXA PPP schedule). */
export const SEVERITIES = ['Min', 'Int', 'Maj', 'Xma', 'Com'] as const
/** The specialties the equations weigh one by one; any other of the list counts as other. */
export const SPECIALTIES = [
  'Bariatric',
  'Colorectal',
  'HPB',
  'Ortho',
  'Thoracic',
  'UpperGI',
  'Vascular',
  'Abdominal',
  'Breast',
  'Burns',
  'Cardiac',
  'Endocrine',
  'ENT',
  'General',
  'Gynae',
  'Gynaecology',
  'Hand',
  'Head and neck',
  'HeadNeck',
  'Maxillofacial',
  'Neuro',
  'Neurosurgery',
  'Ophthalmology',
  'Other',
  'Plastic',
  'Plastics',
  'Spinal',
  'Transplant',
  'Urology',
] as const

/** An adult before an operation. */
export interface SortInput {
  /** a */
  readonly age: number
  readonly asa: (typeof ASA_CLASSES)[number]
  readonly urgency: (typeof URGENCIES)[number]
  readonly specialty: (typeof SPECIALTIES)[number]
  readonly severity: (typeof SEVERITIES)[number]
  /** Cancer within the last five years. */
  readonly malignancy: boolean
}

export const inputs: readonly InputSpecification[] = [
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 18, max: 120 } },
  { name: 'asa', quantity: 'ASA physical status class', kind: 'code', values: ASA_CLASSES },
  { name: 'urgency', quantity: 'Urgency (NCEPOD)', kind: 'code', values: URGENCIES },
  { name: 'specialty', quantity: 'Surgical specialty', kind: 'code', values: SPECIALTIES },
  { name: 'severity', quantity: 'Severity of the procedure', kind: 'code', values: SEVERITIES },
  { name: 'malignancy', quantity: 'Malignancy within five years', kind: 'boolean' },
]
