/** One dose given over a time, or several of them at a regular interval. Times in h, amounts in mg. */
export interface Infusion {
  /** Start of the first dose. */
  readonly t_h: number
  readonly amt_mg: number
  /** Length of the infusion; must be positive. */
  readonly dur_h: number
  /** Interval between the first dose and its repetitions. */
  readonly ii_h?: number
  /** Number of repetitions after the first dose. */
  readonly addl?: number
}

/** A dose taken at once, with repetitions as in {@link Infusion}. */
export type Bolus = Omit<Infusion, 'dur_h'>

/** Writes out the repetitions: one item a dose, in the order of the list and then of time. */
export function expandDoses<Dose extends Bolus>(doses: readonly Dose[]): Dose[] {
  const given: Dose[] = []
  for (const dose of doses) {
    given.push(dose)
    const interval = dose.ii_h ?? 0
    for (let repetition = 1; repetition <= (dose.addl ?? 0); repetition++) {
      given.push({ ...dose, t_h: dose.t_h + repetition * interval })
    }
  }
  return given
}

/** The start of the last dose of an expanded, non-empty list. */
export function lastDoseStart(doses: readonly Bolus[]): number {
  return doses.reduce((latest, { t_h }) => Math.max(latest, t_h), -Infinity)
}
