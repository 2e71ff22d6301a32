import type { Card } from './deck.js'
import type { Day } from './calendar.js'
import type { Person } from './person.js'
import type { Random } from './random.js'
import type { Visit } from './visits.js'

export type DrugClass =
  'statin' | 'antihypertensive' | 'glucose-lowering' | 'anticoagulant' | 'antiplatelet' | 'antibiotic'

/** A drug with its RxNorm ingredient, one usual regimen and what it does to the values of this data set. */
export interface Drug {
  rxcui: string
  name: string
  class: DrugClass
  /** One dose, in mg unless `unit` says otherwise (UCUM), and doses a day. */
  dose: number
  unit?: 'mg' | '[iU]'
  perDay: number
  /** Fraction of LDL cholesterol removed; 10.1136/bmj.326.7404.1423 for the dose above. */
  ldlReduction?: number
}

export const DRUG = {
  atorvastatin: { rxcui: '83367', name: 'atorvastatin', class: 'statin', dose: 20, perDay: 1, ldlReduction: 0.43 },
  rosuvastatin: { rxcui: '301542', name: 'rosuvastatin', class: 'statin', dose: 10, perDay: 1, ldlReduction: 0.43 },
  simvastatin: { rxcui: '36567', name: 'simvastatin', class: 'statin', dose: 20, perDay: 1, ldlReduction: 0.32 },
  pravastatin: { rxcui: '42463', name: 'pravastatin', class: 'statin', dose: 40, perDay: 1, ldlReduction: 0.29 },
  lisinopril: { rxcui: '29046', name: 'lisinopril', class: 'antihypertensive', dose: 10, perDay: 1 },
  losartan: { rxcui: '52175', name: 'losartan', class: 'antihypertensive', dose: 50, perDay: 1 },
  amlodipine: { rxcui: '17767', name: 'amlodipine', class: 'antihypertensive', dose: 5, perDay: 1 },
  hydrochlorothiazide: { rxcui: '5487', name: 'hydrochlorothiazide', class: 'antihypertensive', dose: 25, perDay: 1 },
  metformin: { rxcui: '6809', name: 'metformin', class: 'glucose-lowering', dose: 1000, perDay: 2 },
  insulinGlargine: {
    rxcui: '274783',
    name: 'insulin glargine',
    class: 'glucose-lowering',
    dose: 20,
    unit: '[iU]',
    perDay: 1,
  },
  warfarin: { rxcui: '11289', name: 'warfarin', class: 'anticoagulant', dose: 5, perDay: 1 },
  clopidogrel: { rxcui: '32968', name: 'clopidogrel', class: 'antiplatelet', dose: 75, perDay: 1 },
  aspirin: { rxcui: '1191', name: 'aspirin', class: 'antiplatelet', dose: 81, perDay: 1 },
  vancomycin: { rxcui: '11124', name: 'vancomycin', class: 'antibiotic', dose: 1000, perDay: 2 },
} as const satisfies Record<string, Drug>

/** A drug taken by one person from a day on, to a day or to the present. */
export interface Therapy {
  drug: Drug
  since: Day
  until?: Day
}

export function isTaking(therapies: readonly Therapy[], drugClass: DrugClass, day: Day): boolean {
  return takenOn(therapies, drugClass, day).length > 0
}

export function takenOn(therapies: readonly Therapy[], drugClass: DrugClass, day: Day): Drug[] {
  return therapies
    .filter(({ drug, since, until }) => drug.class === drugClass && since < day && (until === undefined || until > day))
    .map(({ drug }) => drug)
}

/** Long-term drugs that follow from the person's disorders. Most begin at a visit, so that their effect is seen in the series. */
export function prescribe(random: Random, person: Person, card: Card, visits: readonly Visit[]): Therapy[] {
  const { onset } = person
  const start = (disorder: Day): Day => startOfTreatment(random, disorder, visits)
  const therapies: Therapy[] = []
  const add = (drug: Drug, disorder: Day, probability: number) => {
    const since = start(disorder)
    if (random.chance(probability)) therapies.push({ drug, since })
  }

  if (onset.hyperlipidaemia !== undefined) {
    add(chooseStatin(random), onset.hyperlipidaemia, card.priorEvent ? 1 : 0.65)
  }
  if (onset.hypertension !== undefined) {
    const first = random.pick<Drug>([DRUG.lisinopril, DRUG.losartan])
    add(first, onset.hypertension, 0.8)
    add(random.pick<Drug>([DRUG.amlodipine, DRUG.hydrochlorothiazide]), onset.hypertension, 0.35)
  }
  if (onset.diabetes !== undefined && card.type1Diabetes) add(DRUG.insulinGlargine, onset.diabetes, 1)
  else if (onset.diabetes !== undefined) add(DRUG.metformin, onset.diabetes, 0.85)
  if (onset.atrialFibrillation !== undefined) add(DRUG.warfarin, onset.atrialFibrillation, 1)
  if (onset.priorEvent !== undefined) {
    add(DRUG.clopidogrel, onset.priorEvent, 0.6)
    add(DRUG.aspirin, onset.priorEvent, 0.7)
  }
  return therapies
}

function chooseStatin(random: Random): Drug {
  return random.weighted<Drug>([
    [DRUG.atorvastatin, 5],
    [DRUG.rosuvastatin, 3],
    [DRUG.simvastatin, 2],
    [DRUG.pravastatin, 1],
  ])
}

/** The first visit after the diagnosis, or one of the next two. */
function startOfTreatment(random: Random, disorder: Day, visits: readonly Visit[]): Day {
  const after = visits.filter(({ day }) => day >= disorder)
  const delay = random.integer(0, 2)
  const visit = after[Math.min(delay, after.length - 2)] ?? after[0]
  return visit ? visit.day : disorder
}
