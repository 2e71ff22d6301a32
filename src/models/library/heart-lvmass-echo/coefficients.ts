/** Cube formula of Devereux 1986 as in ASE/EACVI 2015: factor · density · [(LVID+IVS+PW)³ − LVID³] + offset, cm and g. */
export const coefficients = { factor: 0.8, myocardialDensity: 1.04, offset: 0.6 } as const
