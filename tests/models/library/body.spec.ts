import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { anthropometry } from '../../../src/models/library/body-anthropometry/model.js'
import { fitVentricle, ventricleAtVolume } from '../../../src/models/library/body-lv-truncated-ellipsoid/fit.js'
import {
  cavityVolume,
  epicardialVolume,
  type VentricleGeometry,
} from '../../../src/models/library/body-lv-truncated-ellipsoid/geometry.js'
import { cavityMesh, wallMesh } from '../../../src/models/library/body-lv-truncated-ellipsoid/mesh.js'
import { enclosedVolume, isWatertight } from '../../../src/models/library/body-lv-truncated-ellipsoid/mesh-volume.js'
import { leftVentricle } from '../../../src/models/library/body-lv-truncated-ellipsoid/model.js'
import { segmentAt, SEGMENT_NAMES } from '../../../src/models/library/body-lv-truncated-ellipsoid/segments.js'
import { lvMassEcho } from '../../../src/models/library/heart-lvmass-echo/model.js'
import { between } from '../support/people.js'

const ventricle: fc.Arbitrary<VentricleGeometry> = fc
  .record({ a: between(10, 40), elongation: between(1.2, 3), thickness: between(4, 20), base: between(-0.3, 0.6) })
  .map(({ a, elongation, thickness, base }) => ({
    aEndo_mm: a,
    cEndo_mm: a * elongation,
    aEpi_mm: a + thickness,
    cEpi_mm: a * elongation + thickness,
    baseZ_mm: base * a * elongation,
  }))

const normal: VentricleGeometry = { aEndo_mm: 24, cEndo_mm: 60, aEpi_mm: 33, cEpi_mm: 69, baseZ_mm: 15 }

describe('the left ventricle', () => {
  it('has segments that add up to its mass', () => {
    fc.assert(
      fc.property(ventricle, (geometry) => {
        const { lvMass_g, segmentMass_g } = leftVentricle.evaluate(geometry)
        expect(segmentMass_g).toHaveLength(17)
        expect(segmentMass_g.every((mass) => mass > 0)).toBe(true)
        expect(Math.abs(segmentMass_g.reduce((total, mass) => total + mass, 0) / lvMass_g - 1)).toBeLessThan(1e-9)
      }),
    )
  })

  it('has watertight meshes that face outward, within 0.5 % of the analytic volumes', () => {
    fc.assert(
      fc.property(ventricle, (geometry) => {
        const wall = wallMesh(geometry)
        const cavity = cavityMesh(geometry)
        const wallVolume = epicardialVolume(geometry) - cavityVolume(geometry)
        expect(Math.abs(enclosedVolume(wall) / wallVolume - 1)).toBeLessThan(0.005)
        expect(Math.abs(enclosedVolume(cavity) / cavityVolume(geometry) - 1)).toBeLessThan(0.005)
        expect(isWatertight(wall) && isWatertight(cavity)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('keeps its triangles when it changes its size, so that meshes morph into each other', () => {
    const [small, large] = [wallMesh(ventricleAtVolume(normal, 40_000)), wallMesh(ventricleAtVolume(normal, 120_000))]
    expect(small.triangles).toEqual(large.triangles)
    expect(small.segments).toEqual(large.segments)
    expect(small.positions).not.toEqual(large.positions)
  })

  it('carries every segment on its wall mesh', () => {
    const { segments, triangles } = wallMesh(normal, { sectors: 24, ringsPerLevel: 2 })
    expect(segments).toHaveLength(triangles.length / 3)
    expect([...new Set(segments)].sort((a, b) => a - b)).toEqual(SEGMENT_NAMES.map((_, index) => index + 1))
  })

  it.each([
    ['basal', 90, 'basal anterior'],
    ['basal', 30, 'basal anteroseptal'],
    ['basal', 330, 'basal inferoseptal'],
    ['mid', 270, 'mid inferior'],
    ['mid', 210, 'mid inferolateral'],
    ['mid', 150, 'mid anterolateral'],
    ['apical', 90, 'apical anterior'],
    ['apical', 0, 'apical septal'],
    ['apical', 270, 'apical inferior'],
    ['apical', 180, 'apical lateral'],
    ['cap', 42, 'apex'],
  ] as const)('calls the %s level at %i degrees the %s segment', (level, degrees, name) => {
    expect(SEGMENT_NAMES[segmentAt(level, degrees) - 1]).toBe(name)
  })

  it('takes the measured diameter, walls and volume', () => {
    const geometry = fitVentricle({ lvidd_cm: 4.8, ivsd_cm: 0.9, lvpwd_cm: 1.1, cavityVolume_mL: 110 })
    expect(geometry.aEndo_mm).toBe(24)
    expect(geometry.aEpi_mm - geometry.aEndo_mm).toBeCloseTo(10, 12)
    expect(cavityVolume(geometry)).toBeCloseTo(110_000, 6)
    expect(leftVentricle.refusals(geometry)).toEqual([])
  })

  it('keeps its wall volume while it beats, and thickens as it empties', () => {
    fc.assert(
      fc.property(between(20_000, 200_000), (volume) => {
        const beating = ventricleAtVolume(normal, volume)
        const wall = (geometry: VentricleGeometry): number => epicardialVolume(geometry) - cavityVolume(geometry)
        expect(Math.abs(cavityVolume(beating) / volume - 1)).toBeLessThan(1e-12)
        expect(Math.abs(wall(beating) / wall(normal) - 1)).toBeLessThan(1e-10)
      }),
    )
    const thickness = (volume: number): number => {
      const { aEpi_mm, aEndo_mm } = ventricleAtVolume(normal, volume)
      return aEpi_mm - aEndo_mm
    }
    expect(thickness(50_000)).toBeGreaterThan(thickness(100_000))
  })

  it('refuses a wall turned inside out, a base beyond the cavity and meshes that cut segments', () => {
    expect(leftVentricle.refusals({ ...normal, aEpi_mm: 24, cEpi_mm: 50, baseZ_mm: 60 })).toEqual([
      { input: 'aEpi_mm', code: 'not-applicable', limit: 'above aEndo_mm' },
      { input: 'cEpi_mm', code: 'not-applicable', limit: 'above cEndo_mm' },
      { input: 'baseZ_mm', code: 'not-applicable', limit: 'within cEndo_mm of 0' },
    ])
    expect(() => wallMesh(normal, { sectors: 30, ringsPerLevel: 4 })).toThrow('multiple of 24')
  })
})

describe('echo mass', () => {
  it('rises with each measurement', () => {
    fc.assert(
      fc.property(between(3, 7), between(0.5, 2), between(0.5, 2), (lvidd_cm, ivsd_cm, lvpwd_cm) => {
        const input = { lvidd_cm, ivsd_cm, lvpwd_cm }
        const { lvMass_g } = lvMassEcho.evaluate(input)
        for (const name of ['lvidd_cm', 'ivsd_cm', 'lvpwd_cm'] as const) {
          expect(lvMassEcho.evaluate({ ...input, [name]: input[name] + 0.1 }).lvMass_g).toBeGreaterThan(lvMass_g)
        }
      }),
    )
  })
})

describe('body size', () => {
  it('grows with height at equal BMI, while the brain stays', () => {
    fc.assert(
      fc.property(between(140, 200), between(17, 45), (height_cm, bmi) => {
        const at = (height: number) =>
          anthropometry.evaluate({ sex: 'female', height_cm: height, weight_kg: (bmi * height * height) / 10_000 })
        const [short, tall] = [at(height_cm), at(height_cm + 5)]
        for (const name of ['ffm_kg', 'bsaMosteller', 'bsaDuBois', 'bloodVolNadler_L'] as const) {
          expect(tall[name]).toBeGreaterThan(short[name])
        }
        expect(tall.organMass_g.liver).toBeGreaterThan(short.organMass_g.liver)
        expect(tall.organMass_g.brain).toBe(short.organMass_g.brain)
      }),
    )
  })
})
