import type { CodeableConcept, Coding } from 'fhir/r4.js'

/** Code systems and the codes of this data set that are not laboratory analytes (those are in analytes.ts). */
export const SYSTEM = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ucum: 'http://unitsofmeasure.org',
  hgnc: 'http://www.genenames.org/geneId',
  dbsnp: 'http://www.ncbi.nlm.nih.gov/projects/SNP',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  diagnosticServiceSection: 'http://terminology.hl7.org/CodeSystem/v2-0074',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  actReason: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  conditionClinical: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  conditionVerification: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  conditionCategory: 'http://terminology.hl7.org/CodeSystem/condition-category',
  dataAbsentReason: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  mrn: 'https://hospital.example.org/identifiers/mrn',
  organization: 'https://hospital.example.org/identifiers/organization',
} as const

export function coding(system: string, code: string, display: string): Coding {
  return { system, code, display }
}

export function concept(system: string, code: string, display: string, text = display): CodeableConcept {
  return { coding: [coding(system, code, display)], text }
}

export const loinc = (code: string, display: string): CodeableConcept => concept(SYSTEM.loinc, code, display)
export const snomed = (code: string, display: string): CodeableConcept => concept(SYSTEM.snomed, code, display)

export const VITAL_SIGNS = concept(SYSTEM.observationCategory, 'vital-signs', 'Vital Signs')
export const LABORATORY = concept(SYSTEM.observationCategory, 'laboratory', 'Laboratory')
export const SOCIAL_HISTORY = concept(SYSTEM.observationCategory, 'social-history', 'Social History')
export const IMAGING = concept(SYSTEM.observationCategory, 'imaging', 'Imaging')

export const CODE = {
  bloodPressure: loinc('85354-9', 'Blood pressure panel with all children optional'),
  systolic: loinc('8480-6', 'Systolic blood pressure'),
  diastolic: loinc('8462-4', 'Diastolic blood pressure'),
  smokingStatus: loinc('72166-2', 'Tobacco smoking status'),
  birthSex: loinc('76689-9', 'Sex assigned at birth'),
  genotype: loinc('84413-4', 'Genotype display name'),
  geneStudied: loinc('48018-6', 'Gene studied [ID]'),
  dbsnp: loinc('81255-2', 'dbSNP [ID]'),
} as const

export const BIRTH_SEX = {
  female: loinc('LA3-6', 'Female'),
  male: loinc('LA2-8', 'Male'),
} as const

export const SMOKING = {
  never: snomed('266919005', 'Never smoked tobacco'),
  former: snomed('8517006', 'Ex-smoker'),
  current: snomed('77176002', 'Smoker'),
} as const

/** SNOMED CT clinical findings. */
export const DISORDER = {
  diabetes: snomed('73211009', 'Diabetes mellitus'),
  type1Diabetes: snomed('46635009', 'Diabetes mellitus type 1'),
  type2Diabetes: snomed('44054006', 'Diabetes mellitus type 2'),
  hypertension: snomed('38341003', 'Hypertensive disorder, systemic arterial'),
  hyperlipidaemia: snomed('55822004', 'Hyperlipidemia'),
  obesity: snomed('414916001', 'Obesity'),
  chronicKidneyDisease: snomed('709044004', 'Chronic kidney disease'),
  atrialFibrillation: snomed('49436004', 'Atrial fibrillation'),
  myocardialInfarction: snomed('22298006', 'Myocardial infarction'),
  coronaryDisease: snomed('53741008', 'Coronary arteriosclerosis'),
  stroke: snomed('230690007', 'Cerebrovascular accident'),
  hipOsteoarthritis: snomed('239872002', 'Osteoarthritis of hip'),
  kneeOsteoarthritis: snomed('239873007', 'Osteoarthritis of knee'),
  colonCancer: snomed('363406005', 'Malignant neoplasm of colon'),
  gallstones: snomed('235919008', 'Gallbladder calculus'),
} as const

/** SNOMED CT procedures. */
export const SURGERY = {
  hipReplacement: snomed('52734007', 'Total replacement of hip'),
  kneeReplacement: snomed('609588000', 'Total knee replacement'),
  colectomy: snomed('23968004', 'Colectomy'),
  cholecystectomy: snomed('38102005', 'Cholecystectomy'),
  coronaryBypass: snomed('232717009', 'Coronary artery bypass graft'),
} as const
