import { ellipsoidSliceVolume, type VentricleGeometry } from './geometry.js'

/** The levels of the AHA model from the base to the apex: thirds of the cavity's length, and the cap below the cavity. */
export type Level = 'basal' | 'mid' | 'apical' | 'cap'

/** AHA segments 1 to 17 (Cerqueira 2002, doi:10.1161/hc0402.102975); the index is the number less one. */
export const SEGMENT_NAMES = [
  'basal anterior',
  'basal anteroseptal',
  'basal inferoseptal',
  'basal inferior',
  'basal inferolateral',
  'basal anterolateral',
  'mid anterior',
  'mid anteroseptal',
  'mid inferoseptal',
  'mid inferior',
  'mid inferolateral',
  'mid anterolateral',
  'apical anterior',
  'apical septal',
  'apical inferior',
  'apical lateral',
  'apex',
] as const

/** Heights that bound the levels, from the base down, mm: base, two thirds, one third, the cavity's apex, the apex. */
export function levelBounds({
  baseZ_mm,
  cEndo_mm,
  cEpi_mm,
}: VentricleGeometry): [number, number, number, number, number] {
  const third = (baseZ_mm + cEndo_mm) / 3
  return [baseZ_mm, baseZ_mm - third, baseZ_mm - 2 * third, -cEndo_mm, -cEpi_mm]
}

/**
 * The segment at a level and an angle about the long axis.
 * @param degrees 0 at the septum (+x), 90 at the anterior wall (+y), 180 lateral, 270 inferior.
 * @returns 1 to 17.
 */
export function segmentAt(level: Level, degrees: number): number {
  switch (level) {
    case 'basal':
      return 1 + sectorFrom(120, 60, degrees)
    case 'mid':
      return 7 + sectorFrom(120, 60, degrees)
    case 'apical':
      return 13 + sectorFrom(135, 90, degrees)
    case 'cap':
      return 17
  }
}

/** Wall volume of each segment, mm3, segment 1 first; together they are the whole wall. */
export function segmentWallVolumes(geometry: VentricleGeometry): number[] {
  const [base, twoThirds, oneThird, cavityApex, apex] = levelBounds(geometry)
  const wall = (from: number, to: number): number =>
    ellipsoidSliceVolume(geometry.aEpi_mm, geometry.cEpi_mm, from, to) -
    ellipsoidSliceVolume(geometry.aEndo_mm, geometry.cEndo_mm, from, to)
  return [
    ...Array<number>(6).fill(wall(twoThirds, base) / 6),
    ...Array<number>(6).fill(wall(oneThird, twoThirds) / 6),
    ...Array<number>(4).fill(wall(cavityApex, oneThird) / 4),
    wall(apex, cavityApex),
  ]
}

/** Which sector of a width holds an angle, counted against the angle from the far edge of the anterior one. */
function sectorFrom(anteriorEdge: number, width: number, degrees: number): number {
  const turned = (((anteriorEdge - degrees) % 360) + 360) % 360
  return Math.floor(turned / width)
}
