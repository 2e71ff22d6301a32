import { type Band } from './coefficients.js'

/** The points of a measurement: those of the first band that holds it. The bands cover every number. */
export function pointsIn(bands: readonly Band[], value: number): number {
  const band = bands.find(({ to, open }) => (open === true ? value < to : value <= to))
  if (band === undefined) throw new RangeError('The bands do not cover the value.')
  return band.points
}
