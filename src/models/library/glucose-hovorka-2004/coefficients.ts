/** Hovorka et al. 2004, doi:10.1088/0967-3334/25/4/010, table 1, mean values. */
export const coefficients = {
  /** Parameters a caller may override. Rates in 1/min, volumes in L/kg, flows in mmol/kg/min, times in min. */
  parameters: {
    /** Transfer rates and deactivation rates of insulin action on transport, disposal and endogenous production. */
    k12: 0.066,
    ka1: 0.006,
    ka2: 0.06,
    ka3: 0.03,
    /** Insulin elimination. */
    ke: 0.138,
    /** Distribution volumes of insulin and glucose. */
    VI: 0.12,
    VG: 0.16,
    /** Share of carbohydrate that reaches the blood. */
    AG: 0.8,
    /** Time of the largest appearance of carbohydrate. */
    tmaxG: 40,
    /** Insulin sensitivities of transport, disposal (1/min per mU/L) and endogenous production (per mU/L). */
    SIT: 0.00512,
    SID: 0.00082,
    SIE: 0.052,
    /** Endogenous glucose production extrapolated to zero insulin, and insulin-independent flux. */
    EGP0: 0.0161,
    F01: 0.0097,
    /** Time of the largest absorption of subcutaneous insulin. */
    tmaxI: 55,
  },
  /** mmol/L below which the insulin-independent flux falls in proportion. */
  fluxThreshold: 4.5,
  /** mmol/L above which glucose is lost through the kidney. */
  renalThreshold: 9,
  /** 1/min of the glucose above the threshold. */
  renalRate: 0.003,
  /** g/mol of glucose, which carbohydrate is counted as. */
  molarMass: 180.16,
  /** mU in a unit of insulin. */
  milliunits: 1000,
}
