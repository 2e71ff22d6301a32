import type { DefectKind } from './defect-kind.js'
import type { Random } from './random.js'

/** What is decided about a patient before chance: shares that a data set of any size must keep. */
export interface Card {
  ageBand: 'young' | 'middle' | 'old'
  /** A cardiovascular event before the follow-up, which PREVENT refuses. */
  priorEvent?: 'infarction' | 'infarction-with-bypass' | 'stroke'
  /** Every PhenoAge input is measured. */
  phenoAgeInputs?: boolean
  atrialFibrillation?: boolean
  /** Diabetes that needs insulin from its first day. */
  type1Diabetes?: boolean
  surgery?: boolean
  defect?: DefectKind
}

export const DECK_SIZE = 60

/** Defects that leave PREVENT without a usable latest input, one patient each. */
const OBSTRUCTING: readonly DefectKind[] = [
  'hdl-missing',
  'labs-stale',
  'value-implausible',
  'unit-wrong',
  'unit-missing',
  'sex-conflicting',
  'data-absent',
]
/** Defects beside inputs that stay usable. */
const HARMLESS: readonly DefectKind[] = [
  'observation-duplicated',
  'observation-duplicated',
  'entered-in-error',
  'entered-in-error',
  'date-in-future',
  'value-negative',
]

/**
 * Sixty cards: 6 outside PREVENT's ages, 5 with a prior event, 7 whose defect obstructs PREVENT, 42 meant to be ready for it.
 * Nature may still put one of the 42 outside a model's range.
 */
const DECK: readonly Card[] = [
  ...repeat<Card>(3, { ageBand: 'young' }),
  ...repeat<Card>(3, { ageBand: 'old', surgery: true }),
  ...repeat<Card>(2, { ageBand: 'middle', priorEvent: 'infarction' }),
  ...repeat<Card>(2, { ageBand: 'middle', priorEvent: 'infarction-with-bypass' }),
  { ageBand: 'middle', priorEvent: 'stroke' },
  ...OBSTRUCTING.map((defect): Card => ({ ageBand: 'middle', defect })),
  ...HARMLESS.map((defect): Card => ({ ageBand: 'middle', defect })),
  ...repeat<Card>(8, { ageBand: 'middle', phenoAgeInputs: true }),
  ...repeat<Card>(3, { ageBand: 'middle', atrialFibrillation: true }),
  ...repeat<Card>(8, { ageBand: 'middle', surgery: true }),
  ...repeat<Card>(13, { ageBand: 'middle' }),
  ...repeat<Card>(4, { ageBand: 'middle', type1Diabetes: true }),
]

/** The card of patient `index` (from 0). Every sixty patients hold the whole deck, in an order of their own. */
export function drawCard(root: Random, index: number): Card {
  const round = Math.floor(index / DECK_SIZE)
  return root.stream(`deck-${round}`).shuffle(DECK)[index % DECK_SIZE] as Card
}

function repeat<T>(times: number, card: T): T[] {
  return Array.from({ length: times }, () => card)
}
