/**
 * Korakianitis, Shi 2006, doi:10.1016/j.jbiomech.2005.06.016, and Shi, Hose 2009 (CellML shi_hose_2009). Volumes in mL,
 * pressures in mmHg, elastances in mmHg/mL, compliances in mL/mmHg, resistances in mmHg·s/mL, inertances in mmHg·s²/mL,
 * times in s; times of the atria are fractions of the cycle. Valve coefficients in mL/s/mmHg^½.
 */
export const coefficients = {
  /** Cardiac cycle. */
  tau: 1,
  lv: { V0: 5, p0: 1, Emin: 0.1, Emax: 2.5, peak: 0.3, end: 0.45, onset: 0 },
  rv: { V0: 10, p0: 1, Emin: 0.1, Emax: 1.15, peak: 0.3, end: 0.45, onset: 0 },
  la: { V0: 4, p0: 1, Emin: 0.15, Emax: 0.25, peak: 0.045, end: 0.09, onset: 0.92 },
  ra: { V0: 4, p0: 1, Emin: 0.15, Emax: 0.25, peak: 0.045, end: 0.09, onset: 0.92 },
  valves: { av: 350, mv: 400, tv: 400, pv: 350 },
  /** Aortic sinus and systemic arteries, then arterioles, capillaries and veins. */
  sas: { C: 0.08, R: 0.003, L: 6.2e-5 },
  sat: { C: 1.6, R: 0.05, L: 0.0017 },
  sar: 0.5,
  scp: 0.52,
  svn: { C: 20.5, R: 0.075 },
  /** The same of the lungs. */
  pas: { C: 0.18, R: 0.002, L: 5.2e-5 },
  pat: { C: 3.8, R: 0.01, L: 0.0017 },
  par: 0.05,
  pcp: 0.25,
  pvn: { C: 20.5, R: 0.006 },
  /** State at time 0, in the order of the outputs. */
  start: [500, 500, 20, 20, 100, 0, 100, 0, 0, 30, 0, 30, 0, 0],
}
