/** Code lists that several mappings share. SNOMED CT International 2025, RxNorm 2025, ICD-10 2019. */
import type { CodeList } from './rules.js'

/** Type 1, type 2 and other diabetes, and what follows from it; neither prediabetes nor gestational diabetes. */
export const DIABETES: CodeList = {
  snomed: [
    ...['73211009', '44054006', '46635009', '8801005', '359642000', '190388001', '313436004', '237599002'],
    ...['127013003', '422034002', '368581000119106', '90781000119102', '1501000119109', '1551000119108'],
    ...['97331000119101', '60951000119105', '157141000119108'],
  ],
  icd10: ['E08', 'E09', 'E10', 'E11', 'E12', 'E13', 'E14'],
}

/** Type 2 diabetes, and what is due to it. */
export const TYPE_2_DIABETES: CodeList = {
  snomed: [
    ...['44054006', '359642000', '190388001', '313436004', '237599002', '422034002', '368581000119106'],
    ...['90781000119102', '1501000119109', '1551000119108', '97331000119101', '60951000119105', '157141000119108'],
  ],
  icd10: ['E11'],
}

export const TYPE_1_DIABETES: CodeList = { snomed: ['46635009'], icd10: ['E10'] }

/** Malignant neoplasm, and the primary tumours of common records; carcinoma in situ and basal cell carcinoma are not meant. */
export const MALIGNANCY: CodeList = {
  snomed: [
    ...['363346000', '363406005', '93761005', '109838007', '254837009', '399068003', '254637007', '254632001'],
    ...['363358000', '363418001', '363443007', '363351006', '399326009', '372130007', '93143009', '118600007'],
  ],
  icd10: ['C'],
}

export const HAEMODIALYSIS: CodeList = { snomed: ['302497006'] }

/** Rifampicin, carbamazepine, phenytoin: the inducers of the IWPC equations. */
export const ENZYME_INDUCERS: CodeList = { rxnorm: ['9384', '2002', '8183'] }
export const AMIODARONE: CodeList = { rxnorm: ['703'] }
export const VANCOMYCIN: CodeList = { rxnorm: ['11124'] }

/** Coronary disease, stroke and heart failure: what PREVENT was not made for (10.1161/CIRCULATIONAHA.123.067626). */
export const CARDIOVASCULAR_DISEASE: CodeList = {
  snomed: [
    ...['22298006', '57054005', '401303003', '401314000', '399211009', '1755008', '414545008', '53741008'],
    ...['194828000', '413838009', '230690007', '422504002', '274100004', '432504007', '266257000', '275526006'],
    ...['84114007', '88805009', '42343007', '85232009', '367363000', '703272007', '703273002', '399957001'],
  ],
  icd10: ['I20', 'I21', 'I22', 'I23', 'I24', 'I25', 'I50', 'I60', 'I61', 'I63', 'I64', 'I69', 'G45', 'Z86.73'],
}

/** Revascularisation: bypass, angioplasty, stent. */
export const REVASCULARISATION: CodeList = {
  snomed: ['232717009', '415070008', '36969009', '11101003', '175045009', '429639007'],
}

/** Ingredients, and the clinical drugs of common synthetic records. */
export const STATINS: CodeList = {
  rxnorm: [
    ...['83367', '301542', '36567', '42463', '6472', '41127', '861634'],
    ...['316672', '312961', '314231', '259255', '617310', '617311', '617312', '859747', '904475'],
  ],
}

/** Ingredients of the classes given for high blood pressure, and the clinical drugs of common synthetic records. */
export const ANTIHYPERTENSIVES: CodeList = {
  rxnorm: [
    // ACE inhibitors, angiotensin receptor blockers
    ...['29046', '3827', '35296', '18867', '1998', '35208', '52175', '69749', '83818', '83515', '73494', '214354'],
    // Calcium channel blockers, diuretics
    ...['17767', '33910', '7417', '11170', '3443', '5487', '2409', '5764', '9997'],
    // Beta blockers, alpha blockers and central agents
    ...['6918', '1202', '19484', '8787', '20352', '31555', '2599', '6876', '49276'],
    ...['316049', '316052', '197361', '897718', '866414', '314076', '314077', '310798', '979480', '308136'],
  ],
}
