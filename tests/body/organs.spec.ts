import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ORGAN_COEFFICIENTS } from '../../src/body/compose/organ-coefficients.js'
import { DRAWN_ORGANS, ORGAN_SHAPES } from '../../src/body/compose/organ-shapes.js'
import { organVolumes } from '../../src/body/compose/organ-volumes.js'
import { shapeOfVolume } from '../../src/body/geometry/star-shape.js'
import { vertexNormals } from '../../src/body/geometry/vertex-normals.js'
import { writeBody } from '../../src/body/gltf/write-body.js'
import { anthropometry, type AnthropometryInput } from '../../src/models/library/body-anthropometry/model.js'
import { enclosedVolume, isWatertight } from '../../src/models/library/body-lv-truncated-ellipsoid/mesh-volume.js'
import { glbIssues } from '../support/validate-glb.js'
import { HEALTHY, meshNamed, PROVENANCE, readGlb, surfaceOf, ventricleOf } from './support.js'

const anyAdult: fc.Arbitrary<AnthropometryInput> = fc.record({
  sex: fc.constantFrom('male', 'female'),
  height_cm: fc.integer({ min: 140, max: 205 }),
  weight_kg: fc.integer({ min: 40, max: 160 }),
})
const organsOf = (person: AnthropometryInput) => organVolumes(person.sex, anthropometry.evaluate(person))
const PERSON: AnthropometryInput = { sex: 'female', height_cm: 168, weight_kg: 64 }

describe('organs scaled to a person', () => {
  it.each(DRAWN_ORGANS)('%s: closed, facing outward, of exactly its volume', (organ) => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 10_000, noNaN: true }), (volume) => {
        const { positions, triangles } = shapeOfVolume(ORGAN_SHAPES[organ].shape, volume)
        expect(isWatertight({ triangles })).toBe(true)
        expect((enclosedVolume({ positions, triangles }) * 1e6) / volume).toBeCloseTo(1, 12)
        const normals = vertexNormals(positions, triangles)
        const outward = positions.reduce((sum, value, index) => sum + value * normals[index]!, 0)
        expect(outward).toBeGreaterThan(0)
      }),
      { numRuns: 5, seed: 20260101 },
    )
  })

  it('have the masses of the model over their densities', () => {
    fc.assert(
      fc.property(anyAdult, (person) => {
        const { organMass_g } = anthropometry.evaluate(person)
        const organs = organsOf(person)
        expect(organs.liver * ORGAN_COEFFICIENTS.density.liver).toBeCloseTo(organMass_g.liver, 6)
        const kidneys = organs['left kidney'] + organs['right kidney']
        expect(kidneys * ORGAN_COEFFICIENTS.density.kidneys).toBeCloseTo(organMass_g.kidneys, 6)
      }),
    )
  })

  it('are all in one file that the validator has nothing to say about, with the ventricle in the heart', async () => {
    const organs = organsOf(PERSON)
    const parts = { height_cm: PERSON.height_cm, organs, ventricle: ventricleOf(HEALTHY) }
    const glb = await writeBody(parts, { ...PROVENANCE, kind: 'body' })
    expect(await glbIssues(glb)).toEqual([])

    const document = await readGlb(glb)
    for (const organ of DRAWN_ORGANS) {
      const { volumes_mL, watertight } = surfaceOf(meshNamed(document, organ))
      expect(watertight).toBe(true)
      expect(volumes_mL[0]! / organs[organ]).toBeCloseTo(1, 5)
    }
    expect(meshNamed(document, 'Left ventricular wall').listPrimitives()).toHaveLength(17)
    expect(Buffer.compare(glb, await writeBody(parts, { ...PROVENANCE, kind: 'body' }))).toBe(0)
  })

  it('are drawn without the ventricle when nothing is known of it', async () => {
    const glb = await writeBody({ height_cm: 168, organs: organsOf(PERSON), ventricle: null }, PROVENANCE)
    expect(await glbIssues(glb)).toEqual([])
    expect((await readGlb(glb)).getRoot().listAnimations()).toEqual([])
  })
})
