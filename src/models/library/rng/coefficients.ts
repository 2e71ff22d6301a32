/** Parameters of the generators, as the decimal numbers of their publications. */
export const coefficients = {
  splitmix64: { increment: '11400714819323198485', multipliers: ['13787848793156543929', '10723151780598845931'] },
  xoshiro256: { multipliers: [5, 9], rotations: [7, 45], shift: 17 },
  pcg32: { multiplier: '6364136223846793005' },
} as const
