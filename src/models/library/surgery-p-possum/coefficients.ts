/**
 * One band of a physiological item: values above the previous band and up to `to` score `points`.
 * With `open` the limit itself belongs to the next band.
 */
export interface Band {
  readonly to: number
  readonly open?: true
  readonly points: number
}

/** The largest finite number: the last band has no end. JSON, which the digest covers, knows no infinity. */
const endless = Number.MAX_VALUE

/**
 * Weights of the two scores (mortality: Prytherch 1998; morbidity: Copeland 1991) and the bands of the measured items
 * (Copeland 1991, table 1), lowest first. The table gives whole numbers, or one decimal for WCC, urea and potassium; the
 * open ends close the gaps between them, so that every value has one band: 109.6 mm[Hg] still counts as 100-109.
 */
export const coefficients = {
  mortality: { intercept: -9.065, physiological: 0.1692, operative: 0.155 },
  morbidity: { intercept: -5.91, physiological: 0.16, operative: 0.19 },
  bands: {
    age: [
      { to: 61, open: true, points: 1 },
      { to: 71, open: true, points: 2 },
      { to: endless, points: 4 },
    ],
    sbp: [
      { to: 90, open: true, points: 8 },
      { to: 100, open: true, points: 4 },
      { to: 110, open: true, points: 2 },
      { to: 131, open: true, points: 1 },
      { to: 171, open: true, points: 2 },
      { to: endless, points: 4 },
    ],
    pulse: [
      { to: 40, open: true, points: 8 },
      { to: 50, open: true, points: 2 },
      { to: 81, open: true, points: 1 },
      { to: 101, open: true, points: 2 },
      { to: 121, open: true, points: 4 },
      { to: endless, points: 8 },
    ],
    gcs: [
      { to: 8, points: 8 },
      { to: 11, points: 4 },
      { to: 14, points: 2 },
      { to: 15, points: 1 },
    ],
    hb_gL: [
      { to: 100, open: true, points: 8 },
      { to: 115, open: true, points: 4 },
      { to: 130, open: true, points: 2 },
      { to: 161, open: true, points: 1 },
      { to: 171, open: true, points: 2 },
      { to: 181, open: true, points: 4 },
      { to: endless, points: 8 },
    ],
    wcc: [
      { to: 3, points: 4 },
      { to: 4, open: true, points: 2 },
      { to: 10, points: 1 },
      { to: 20, points: 2 },
      { to: endless, points: 4 },
    ],
    urea: [
      { to: 7.5, points: 1 },
      { to: 10, points: 2 },
      { to: 15, points: 4 },
      { to: endless, points: 8 },
    ],
    na: [
      { to: 126, open: true, points: 8 },
      { to: 131, open: true, points: 4 },
      { to: 136, open: true, points: 2 },
      { to: endless, points: 1 },
    ],
    k: [
      { to: 2.9, open: true, points: 8 },
      { to: 3.2, open: true, points: 4 },
      { to: 3.5, open: true, points: 2 },
      { to: 5, points: 1 },
      { to: 5.3, points: 2 },
      { to: 6, open: true, points: 4 },
      { to: endless, points: 8 },
    ],
  },
} as const satisfies { mortality: object; morbidity: object; bands: Record<string, readonly Band[]> }
