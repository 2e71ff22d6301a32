import { coefficients } from './coefficients.js'

/**
 * The decile (1 least, 10 most deprived) of the Social Deprivation Index 2015–2019 where a ZIP code lies.
 * @param zip five digits.
 * @returns null where the index is not available; the equations have a term for that.
 */
export function sdiDecileOf(zip: string): number | null {
  const character = coefficients.sdiDeciles[zip.slice(0, 2)]?.charAt(Number(zip.slice(2))) ?? ''
  if (character === '' || character === '.') return null
  return character === 'A' ? 10 : Number(character)
}
