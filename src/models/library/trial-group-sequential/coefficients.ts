/** Defaults when the caller states none; the designs have no other constants. */
export const coefficients = {
  /** Haybittle–Peto: critical value of every look but the last. */
  constantBoundHP: 3,
  /** Wang–Tsiatis: between O'Brien–Fleming (0) and Pocock (0.5). */
  deltaWT: 0,
}
