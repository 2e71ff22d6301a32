/** Files that somebody sends in bad faith or by mistake. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { inspectMesh, MOST_TRIANGLES } from '../../src/body/mesh/inspect-mesh.js'
import { shapeOfVolume } from '../../src/body/geometry/star-shape.js'
import { ORGAN_SHAPES } from '../../src/body/compose/organ-shapes.js'
import { GlbScene } from '../../src/body/gltf/glb-scene.js'
import { describeWithSharedData } from '../support/shared-data.js'
import { readGlb } from './support.js'

let sound: Uint8Array
beforeAll(async () => {
  const { shape, appearance } = ORGAN_SHAPES.spleen
  const { positions, triangles } = shapeOfVolume(shape, 150)
  const scene = new GlbScene('spleen', {})
  scene.add({ name: 'spleen', frames: [positions], parts: [{ name: 'spleen', triangles, appearance }] })
  sound = await scene.write()
})

type Json = Record<string, never> & { [name: string]: never }
/** The sound file with its JSON changed and the binary chunk left as it is. */
function changed(change: (json: Json) => void, file = sound): Uint8Array {
  const view = Buffer.from(file)
  const length = view.readUInt32LE(12)
  const json = JSON.parse(view.toString('utf8', 20, 20 + length)) as Json
  change(json)
  const text = Buffer.from(JSON.stringify(json))
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')])
  const rest = view.subarray(20 + length)
  const header = Buffer.alloc(20)
  header.write('glTF', 'latin1')
  header.writeUInt32LE(2, 4)
  header.writeUInt32LE(20 + padded.length + rest.length, 8)
  header.writeUInt32LE(padded.length, 12)
  header.writeUInt32LE(0x4e4f534a, 16)
  return Buffer.concat([header, padded, rest])
}
const faultsOf = (file: Uint8Array): string[] => {
  const inspection = inspectMesh(file)
  return inspection.accepted ? [] : inspection.faults.map(({ code, at = '' }) => `${code} ${at}`.trim())
}
const merge = (more: object) => (json: Json) => void Object.assign(json, more)

describe('a mesh from outside', () => {
  it('is accepted when it is sound, with its size and without findings', () => {
    expect(inspectMesh(sound)).toEqual({
      accepted: true,
      summary: expect.objectContaining({ parts: 1, triangles: 1840, vertices: 922, findings: ['carries-extras'] }),
    })
  })

  it.each<[string, (json: Json) => void, string]>([
    [
      'a buffer elsewhere',
      merge({ buffers: [{ byteLength: 4, uri: 'https://evil.example/x.bin' }] }),
      'external-reference /buffers/0/uri',
    ],
    ['an image elsewhere', merge({ images: [{ uri: 'file:///etc/passwd' }] }), 'external-reference /images/0/uri'],
    ['data in an address', merge({ images: [{ uri: 'data:text/html,<script>' }] }), 'external-reference /images/0/uri'],
    ['behaviour', merge({ extensionsUsed: ['KHR_interactivity'] }), 'extension-not-supported /extensionsUsed'],
    [
      'behaviour that is not declared',
      merge({ extensions: { KHR_interactivity: {} } }),
      'extension-not-supported /extensions',
    ],
    [
      'a compression nobody asked for',
      merge({ extensionsRequired: ['KHR_draco_mesh_compression'] }),
      'extension-not-supported /extensionsRequired',
    ],
    ['another version', merge({ asset: { version: '1.0' } }), 'version-not-supported /asset'],
    ['a circle of nodes', merge({ nodes: [{ children: [1] }, { children: [0] }] }), 'nodes-not-a-tree /nodes/0'],
    ['a scene of a node that is not there', merge({ scenes: [{ nodes: [35] }] }), 'scene-invalid /scenes/0/nodes'],
    ['a buffer larger than the file', merge({ buffers: [{ byteLength: 2 ** 40 }] }), 'buffer-out-of-bounds /buffers'],
    ['no mesh', merge({ meshes: [] }), 'mesh-empty'],
    ['a list that is none', merge({ accessors: { length: 2 ** 31 } }), 'json-invalid /accessors'],
  ])('is refused with %s', (_what, change, fault) => {
    expect(faultsOf(changed(change))).toContain(fault)
  })

  const accessor = (more: object) => (json: Json) =>
    void Object.assign((json.accessors as unknown as object[])[0]!, more)
  it.each<[string, object, string]>([
    ['more elements than its view holds', { count: 1e9 }, 'accessor-out-of-bounds /accessors/0'],
    ['a negative offset', { byteOffset: -12 }, 'accessor-invalid /accessors/0'],
    ['an offset between two numbers', { byteOffset: 2 }, 'accessor-misaligned /accessors/0'],
    ['a view by the name of a method', { bufferView: 'constructor' }, 'accessor-out-of-bounds /accessors/0'],
    ['a type by the name of a method', { type: 'toString' }, 'accessor-invalid /accessors/0'],
    ['a sparse part', { sparse: { count: 1 } }, 'sparse-accessor-not-supported /accessors/0'],
  ])('is refused with an accessor of %s', (_what, more, fault) => {
    expect(faultsOf(changed(accessor(more)))).toContain(fault)
  })

  it('is refused when its primitives share vertices to make endless work', () => {
    const many = changed((json) => {
      const [mesh] = json.meshes as unknown as { primitives: object[] }[]
      mesh!.primitives = Array.from({ length: 1_000 }, () => mesh!.primitives[0]!)
    })
    expect(faultsOf(many)[0]).toMatch(/^too-many-triangles/)
    expect(MOST_TRIANGLES).toBeLessThan(1_000 * 1840)
  })

  it('is refused when it is cut short or is something else', () => {
    expect(faultsOf(sound.subarray(0, sound.length - 4))).toEqual(['length-wrong'])
    expect(faultsOf(Buffer.from('<script>alert(1)</script> and more'))).toEqual(['not-glb'])
    expect(faultsOf(new Uint8Array(0))).toEqual(['not-glb'])
  })

  it('is named as not watertight when a triangle is missing', () => {
    const holed = changed((json) => {
      const indices = (json.accessors as unknown as { type: string; count: number; max?: number[] }[]).find(
        ({ type }) => type === 'SCALAR',
      )!
      indices.count -= 3
    })
    expect(inspectMesh(holed)).toMatchObject({ summary: { findings: expect.arrayContaining(['not-watertight']) } })
  })

  it('is judged whatever bytes are changed; what is accepted, the toolkit can read', async () => {
    const change = fc.record({ at: fc.nat(), value: fc.nat({ max: 255 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const file = Buffer.from(sound)
        // The description and the header are where a change can mislead a reader.
        const described = 20 + file.readUInt32LE(12)
        for (const { at, value } of changes) file[at % described] = value
        if (inspectMesh(file).accepted) await readGlb(file)
      }),
      { numRuns: 300, seed: 20260101 },
    )
  })
})

describeWithSharedData('reference organs of the Human Reference Atlas', 'meshes', (folder) => {
  it.each(['VH_F_Heart.glb', 'VH_F_Kidney_L.glb'])('%s is accepted', (name) => {
    expect(inspectMesh(readFileSync(join(folder, name)))).toMatchObject({
      accepted: true,
      summary: { findings: expect.arrayContaining(['not-watertight']) },
    })
  })
})
