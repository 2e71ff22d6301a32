import { PI, pow } from '../../numerics/elementary.js'
import { coefficients } from './coefficients.js'
import { cavityVolume, epicardialVolume, type VentricleGeometry } from './geometry.js'

/** Echo measurements at end-diastole. */
export interface EchoMeasurements {
  /** Internal diameter, cm */
  readonly lvidd_cm: number
  /** Septal and posterior wall thickness, cm */
  readonly ivsd_cm: number
  readonly lvpwd_cm: number
  /** Volume of the cavity, mL */
  readonly cavityVolume_mL: number
}

/**
 * The ventricle with the measured diameter, mean wall thickness and cavity volume, its base at the usual height.
 * With h = f·c the volume is πa²c[(f+1) − (f³+1)/3], so the length follows in closed form.
 */
export function fitVentricle(echo: EchoMeasurements): VentricleGeometry {
  const f = coefficients.baseHeightRatio
  const aEndo_mm = (echo.lvidd_cm * 10) / 2
  const thickness = (10 * (echo.ivsd_cm + echo.lvpwd_cm)) / 2
  const shape = PI * aEndo_mm * aEndo_mm * (f + 1 - (f * f * f + 1) / 3)
  const cEndo_mm = (echo.cavityVolume_mL * 1000) / shape
  return { aEndo_mm, cEndo_mm, aEpi_mm: aEndo_mm + thickness, cEpi_mm: cEndo_mm + thickness, baseZ_mm: f * cEndo_mm }
}

/**
 * The same ventricle at another cavity volume: the cavity keeps its shape and the wall its volume, as myocardium hardly
 * yields. The thickness is found by bisection to the last bit.
 * @param cavity_mm3 the cavity's volume, above 0.
 */
export function ventricleAtVolume(geometry: VentricleGeometry, cavity_mm3: number): VentricleGeometry {
  const wall = epicardialVolume(geometry) - cavityVolume(geometry)
  const scale = pow(cavity_mm3 / cavityVolume(geometry), 1 / 3)
  const cavity = {
    aEndo_mm: geometry.aEndo_mm * scale,
    cEndo_mm: geometry.cEndo_mm * scale,
    baseZ_mm: geometry.baseZ_mm * scale,
  }
  const withThickness = (thickness: number): VentricleGeometry => ({
    ...cavity,
    aEpi_mm: cavity.aEndo_mm + thickness,
    cEpi_mm: cavity.cEndo_mm + thickness,
  })
  const excess = (thickness: number): number => epicardialVolume(withThickness(thickness)) - cavity_mm3 - wall
  return withThickness(rootOf(excess, 0, 2 * geometry.cEpi_mm))
}

/** The zero of an increasing function between two bounds. */
function rootOf(increasing: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return middle
    if (increasing(middle) < 0) low = middle
    else high = middle
  }
}
