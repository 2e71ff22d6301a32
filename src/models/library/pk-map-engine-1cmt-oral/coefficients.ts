/** The estimator has no population of its own: typical values, Ω and σ² are inputs. */
export const coefficients = {
  /** Random effects, in the order of Ω: each multiplies its parameter by e^η. */
  parameters: ['CL_Lh', 'V_L', 'KA_h'],
}
