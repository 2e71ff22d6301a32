import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  composeVentricle,
  MOMENTS,
  ventricleJudge,
  type VentricleInputs,
} from '../../src/body/compose/left-ventricle.js'
import { writeVentricle } from '../../src/body/gltf/write-body.js'
import { beatingVentricle } from '../../src/body/geometry/beating-ventricle.js'
import { trianglesOf } from '../../src/body/geometry/surface.js'
import { teichholzVolume } from '../../src/models/library/body-lv-truncated-ellipsoid/teichholz.js'
import { enclosedVolume, isWatertight } from '../../src/models/library/body-lv-truncated-ellipsoid/mesh-volume.js'
import { glbIssues } from '../support/validate-glb.js'
import { HEALTHY, meshNamed, PROVENANCE, readGlb, surfaceOf, ventricleOf } from './support.js'

/** Ventricles as clinics see them: small and thick, large and weak, slow and fast. */
const anyVentricle: fc.Arbitrary<VentricleInputs> = fc.record({
  lvidd_cm: fc.double({ min: 3.5, max: 7, noNaN: true }),
  ivsd_cm: fc.double({ min: 0.6, max: 2, noNaN: true }),
  lvpwd_cm: fc.double({ min: 0.6, max: 2, noNaN: true }),
  ejectionFraction_percent: fc.double({ min: 20, max: 75, noNaN: true }),
  heartRate: fc.integer({ min: 45, max: 120 }),
  SBP: fc.integer({ min: 100, max: 180 }),
  DBP: fc.integer({ min: 55, max: 90 }),
})
const FEW = { numRuns: 4, seed: 20260101 }

describe('the left ventricle of a person', () => {
  it('has the volumes and pressures that were measured', () => {
    fc.assert(
      fc.property(anyVentricle, (inputs) => {
        const { haemodynamics } = ventricleOf(inputs).beat
        const EDV = teichholzVolume(inputs.lvidd_cm)
        expect(haemodynamics.EDV / EDV).toBeCloseTo(1, 6)
        expect(haemodynamics.EF * 100).toBeCloseTo(inputs.ejectionFraction_percent, 4)
        expect(haemodynamics.SBP).toBeCloseTo(inputs.SBP, 4)
        expect(haemodynamics.DBP).toBeCloseTo(inputs.DBP, 4)
      }),
      FEW,
    )
  })

  it('encloses the volume of the loop at each moment of its beat, watertight and facing outward', () => {
    fc.assert(
      fc.property(anyVentricle, (inputs) => {
        const { geometry, beat } = ventricleOf(inputs)
        const [first, ...others] = beat.loop.LV_V_mL.slice(0, -1)
        const { wall, cavity } = beatingVentricle(geometry, [first!, ...others])
        for (const surface of [wall, cavity]) expect(isWatertight({ triangles: trianglesOf(surface) })).toBe(true)
        const volumesOf = ({ frames, parts }: typeof wall) =>
          frames.map((positions) => enclosedVolume({ positions, triangles: trianglesOf({ parts }) }) * 1e6)
        volumesOf(cavity).forEach((volume, moment) => expect(volume / beat.loop.LV_V_mL[moment]!).toBeCloseTo(1, 9))
        const walls = volumesOf(wall)
        // The myocardium keeps its volume, up to the facets of the mesh.
        walls.forEach((volume) => expect(Math.abs(volume / walls[0]! - 1)).toBeLessThan(0.005))
      }),
      FEW,
    )
  })

  it('is refused with every input that is missing or out of range', () => {
    expect(ventricleJudge.refusals({ ...HEALTHY, lvidd_cm: undefined, heartRate: 300 })).toEqual([
      expect.objectContaining({ input: 'lvidd_cm', code: 'missing' }),
      expect.objectContaining({ input: 'heartRate', code: 'out-of-range' }),
    ])
    expect(ventricleJudge.refusals({ ...HEALTHY, SBP: 80, DBP: 90 })).toEqual([
      { input: 'DBP', code: 'not-applicable', limit: 'below SBP' },
    ])
    for (const input of Object.keys(HEALTHY) as (keyof VentricleInputs)[])
      expect(ventricleJudge.refusals({ ...HEALTHY, [input]: undefined })).toContainEqual(
        expect.objectContaining({ input, code: 'missing' }),
      )
  })

  it('is refused when no loop of the model has its measurements, without ever failing', () => {
    const anything = fc.record({
      lvidd_cm: fc.double({ min: 1, max: 12, noNaN: true }),
      ivsd_cm: fc.double({ min: 0.2, max: 5, noNaN: true }),
      lvpwd_cm: fc.double({ min: 0.2, max: 5, noNaN: true }),
      ejectionFraction_percent: fc.double({ min: 10, max: 85, noNaN: true }),
      heartRate: fc.integer({ min: 25, max: 220 }),
      SBP: fc.integer({ min: 60, max: 260 }),
      DBP: fc.integer({ min: 25, max: 160 }),
    })
    fc.assert(
      fc.property(anything, (inputs) => {
        if (ventricleJudge.refusals(inputs).length > 0) return
        const composed = composeVentricle(inputs)
        if ('geometry' in composed) expect(composed.beat.loop.LV_V_mL).toHaveLength(MOMENTS)
        else expect(composed[0]).toMatchObject({ code: expect.stringMatching(/not-applicable|out-of-range/) })
      }),
      { numRuns: 8, seed: 20260101 },
    )
  })
})

describe('its file', () => {
  it('is one that Khronos’ validator has nothing to say about', async () => {
    expect(await glbIssues(await writeVentricle(ventricleOf(HEALTHY), PROVENANCE))).toEqual([])
  })

  it('has the same bytes each time', async () => {
    const [once, again] = [
      await writeVentricle(ventricleOf(HEALTHY), PROVENANCE),
      await writeVentricle(ventricleOf({ ...HEALTHY }), { ...PROVENANCE }),
    ]
    expect(Buffer.compare(once, again)).toBe(0)
  })

  it('holds the 17 segments, closed together, and beats through the volumes of the loop in the time of one beat', async () => {
    const ventricle = ventricleOf(HEALTHY)
    const document = await readGlb(await writeVentricle(ventricle, PROVENANCE))
    const wall = meshNamed(document, 'Left ventricular wall')
    expect(wall.listPrimitives().map((part) => part.getExtras().segment)).toEqual(
      Array.from({ length: 17 }, (_, index) => index + 1),
    )
    expect(surfaceOf(wall).watertight).toBe(true)

    const { volumes_mL } = surfaceOf(meshNamed(document, 'Left ventricular cavity'))
    const { LV_V_mL, t_s } = ventricle.beat.loop
    expect(volumes_mL).toHaveLength(MOMENTS - 1)
    volumes_mL.forEach((volume, moment) => expect(volume / LV_V_mL[moment]!).toBeCloseTo(1, 5))
    const [sampler] = document.getRoot().listAnimations()[0]!.listSamplers()
    expect([...sampler!.getInput()!.getArray()!]).toEqual([...Float32Array.from(t_s)])
    expect(t_s.at(-1)).toBeCloseTo(60 / HEALTHY.heartRate, 9)
  })

  it('has normals that point out of the wall', async () => {
    const document = await readGlb(await writeVentricle(ventricleOf(HEALTHY), PROVENANCE))
    const { rest, normals, triangles } = surfaceOf(meshNamed(document, 'Left ventricular wall'))
    const grown = rest.map((coordinate, index) => coordinate + 1e-4 * normals[index]!)
    expect(enclosedVolume({ positions: grown, triangles })).toBeGreaterThan(
      enclosedVolume({ positions: rest, triangles }),
    )
    for (let vertex = 0; vertex < normals.length; vertex += 3)
      expect(Math.hypot(...normals.subarray(vertex, vertex + 3))).toBeCloseTo(1, 5)
  })
})
