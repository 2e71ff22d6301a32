import type { Card } from './deck.js'
import { type Day, yearsBefore } from './calendar.js'
import type { Random } from './random.js'

export type Sex = 'female' | 'male'

/** Personal deviations in standard normal units; what makes one person's values hang together over the years. */
export interface Traits {
  adiposity: number
  lipids: number
  hdl: number
  triglycerides: number
  pressure: number
  inflammation: number
  albuminuria: number
  erythrocytes: number
  lymphocytes: number
  alkalinePhosphatase: number
}

/** The latent person: causes, of which every recorded value is a noisy consequence. */
export interface Person {
  sex: Sex
  birth: Day
  /** Age on the reference date, years, real. */
  age: number
  heightCm: number
  /** Body mass index on the reference date, kg/m2, and its change a year. */
  bmi: number
  bmiPerYear: number
  smoking: 'never' | 'former' | 'current'
  /** True glomerular filtration on the reference date, mL/min/1.73 m2, and its change a year. */
  filtration: number
  filtrationPerYear: number
  traits: Traits
  /** When each disorder began; absent = never. */
  onset: { diabetes?: Day; hypertension?: Day; hyperlipidaemia?: Day; atrialFibrillation?: Day; priorEvent?: Day }
}

const AGE_BANDS = {
  young: { mean: 25, deviation: 3, low: 19.2, high: 29.5 },
  middle: { mean: 56, deviation: 12, low: 31, high: 78.5 },
  old: { mean: 83, deviation: 2.5, low: 80.5, high: 88.5 },
} as const

export function createPerson(random: Random, card: Card, reference: Day): Person {
  const sex: Sex = random.chance(0.5) ? 'female' : 'male'
  const age = drawAge(random, card)
  const traits = drawTraits(random)
  const bmi = clamp(26.6 + 0.03 * (age - 45) + 4.4 * traits.adiposity, 17.6, 44)
  const smoking = drawSmoking(random, age)
  const onset = drawOnsets(random, { card, age, traits, reference })
  const filtration = drawFiltration(random, age, onset.diabetes !== undefined)
  return {
    sex,
    birth: yearsBefore(reference, age),
    age,
    heightCm: Math.round(sex === 'male' ? random.normal(176, 6.8) : random.normal(163, 6.3)),
    bmi,
    bmiPerYear: random.normal(0.08, 0.18),
    smoking,
    filtration,
    filtrationPerYear: random.normal(onset.diabetes === undefined ? -0.7 : -1.5, 0.5),
    traits,
    onset,
  }
}

function drawAge(random: Random, card: Card): number {
  const { mean, deviation, low, high } = AGE_BANDS[card.ageBand]
  const earliest = card.priorEvent || card.atrialFibrillation ? 55 : card.surgery ? 45 : 0
  return random.normalWithin(Math.max(mean, earliest), deviation, Math.max(low, earliest), high)
}

function drawTraits(random: Random): Traits {
  const adiposity = random.normalWithin(0, 1, -2, 3)
  const trait = () => random.normalWithin(0, 1, -2.6, 2.6)
  return {
    adiposity,
    lipids: trait(),
    hdl: trait(),
    triglycerides: trait(),
    pressure: trait(),
    // Adipose tissue drives low-grade inflammation; 0.35 and 0.94 keep the variance at 1.
    inflammation: 0.35 * adiposity + 0.94 * trait(),
    albuminuria: trait(),
    erythrocytes: trait(),
    lymphocytes: trait(),
    alkalinePhosphatase: trait(),
  }
}

function drawSmoking(random: Random, age: number): Person['smoking'] {
  const current = age > 70 ? 0.08 : 0.19
  return random.weighted([
    ['current', current],
    ['former', 0.08 + 0.004 * age],
    ['never', 0.6],
  ])
}

function drawFiltration(random: Random, age: number, diabetes: boolean): number {
  return clamp(107 - 0.85 * Math.max(0, age - 35) - (diabetes ? 8 : 0) + random.normal(0, 14), 24, 125)
}

interface Background {
  card: Card
  age: number
  traits: Traits
  reference: Day
}

/** Disorders follow age and adiposity; each began 0.5–14 years ago and never before the twentieth birthday. */
function drawOnsets(random: Random, { card, age, traits, reference }: Background): Person['onset'] {
  const priorEvent = card.priorEvent !== undefined
  const risk = {
    diabetes: clamp(0.0042 * (age - 25) + 0.07 * traits.adiposity + (priorEvent ? 0.12 : 0), 0.005, 0.6),
    hypertension: clamp(0.012 * (age - 28) + 0.07 * traits.adiposity + 0.06 * traits.pressure, 0.01, 0.9),
    hyperlipidaemia: clamp(0.008 * (age - 25) + 0.15 * traits.lipids, 0.01, 0.85),
  }
  const began = (probability: number): Day | undefined => {
    const happens = random.chance(probability)
    const years = Math.min(random.between(0.5, 14), age - 20)
    return happens && years > 0.5 ? yearsBefore(reference, years) : undefined
  }
  return {
    diabetes: began(card.type1Diabetes ? 1 : risk.diabetes),
    hypertension: began(risk.hypertension),
    hyperlipidaemia: began(priorEvent ? 1 : risk.hyperlipidaemia),
    atrialFibrillation: began(card.atrialFibrillation ? 1 : 0),
    priorEvent: priorEvent ? yearsBefore(reference, random.between(1.5, 9)) : undefined,
  }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
