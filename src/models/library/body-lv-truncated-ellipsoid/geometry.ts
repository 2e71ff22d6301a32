import { PI } from '../../numerics/elementary.js'

/**
 * A left ventricle between two ellipsoids of revolution about the z axis, cut off by the plane of the base.
 * The centre is the origin, the apex points to −z. All lengths in mm.
 */
export interface VentricleGeometry {
  /** Short and long half-axis of the endocardium */
  readonly aEndo_mm: number
  readonly cEndo_mm: number
  /** Short and long half-axis of the epicardium */
  readonly aEpi_mm: number
  readonly cEpi_mm: number
  /** Height of the base over the equator; negative below it */
  readonly baseZ_mm: number
}

/** Volume of an ellipsoid of revolution from its apex at −c up to z = h, mm3: πa²[(h+c) − (h³+c³)/3c²]. */
export function truncatedEllipsoidVolume(a: number, c: number, h: number): number {
  return PI * a * a * (h + c - (h * h * h + c * c * c) / (3 * c * c))
}

/** Volume between two heights, mm3; heights below the apex count as the apex. */
export function ellipsoidSliceVolume(a: number, c: number, from: number, to: number): number {
  return truncatedEllipsoidVolume(a, c, Math.max(to, -c)) - truncatedEllipsoidVolume(a, c, Math.max(from, -c))
}

/** Volume of the cavity, mm3. */
export function cavityVolume({ aEndo_mm, cEndo_mm, baseZ_mm }: VentricleGeometry): number {
  return truncatedEllipsoidVolume(aEndo_mm, cEndo_mm, baseZ_mm)
}

/** Volume inside the epicardium, mm3. */
export function epicardialVolume({ aEpi_mm, cEpi_mm, baseZ_mm }: VentricleGeometry): number {
  return truncatedEllipsoidVolume(aEpi_mm, cEpi_mm, baseZ_mm)
}
