/** Bjørdalsbakke, Sturdy, Hose, Hellevik 2022, doi:10.1016/j.mbs.2021.108731, table 1. */
export const coefficients = {
  /** Parameters a caller may override. */
  parameters: {
    /** Cardiac cycle, s. */
    tau: 0.85,
    /** Elastance of the left ventricle at rest and at its peak, mmHg/mL. */
    Emin: 0.03,
    Emax: 1.5,
    /** Steepness of contraction and relaxation. */
    n1: 1.32,
    n2: 21.9,
    /** Time constants of both as fractions of the cycle. */
    t1f: 0.303,
    t2f: 0.508,
    /** Systemic resistance, mmHg·s/mL. */
    Rs: 1.11,
    /** Compliances of the systemic arteries and veins, mL/mmHg. */
    Csa: 1.13,
    Csv: 11,
    /** Resistances of the open aortic and mitral valve, mmHg·s/mL. */
    Zao: 0.033,
    Rmv: 0.006,
    /** Unstressed volume of the ventricle, mL. */
    V0: 0,
    /** Mean circulatory filling pressure: all pressures of the heart at rest at time 0, mmHg. */
    MCFP: 7,
  },
  /** The elastance is scaled to its largest value on this many equally spaced times of the cycle. */
  elastanceNodes: 1000,
  /** Peak elastance is about this share of systolic pressure over end-systolic volume. */
  endSystolicShare: 0.9,
}
