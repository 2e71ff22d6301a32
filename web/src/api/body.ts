/** A twin's body in three dimensions, as binary glTF whose description says where it comes from. */
import { readFile } from './http.js'

export interface Measure {
  name: string
  quantity: string
  value: number
  /** UCUM */
  unit: string
}

/** What the file says of itself, in `asset.extras`. */
export interface Provenance {
  notice: string
  kind: BodyPart
  twinRevision: number
  models: readonly { id: string; version: string }[]
  inputs: readonly {
    input: string
    value: number | string | boolean
    unit?: string
    sources: readonly { eventId?: string; observedAt?: string }[]
  }[]
  measures: readonly Measure[]
  remarks: readonly string[]
}

export type BodyPart = 'left-ventricle' | 'body'

export interface Body {
  glb: ArrayBuffer
  provenance: Provenance
  /** AHA segments that are drawn, with their colours as `#rrggbb`. */
  segments: readonly { segment: number; name: string; colour: string }[]
}

/** Reads it; the reading and the consent that was asked are on record. @throws ApiProblem */
export async function readBody(twin: string, part: BodyPart, purpose: string): Promise<Body> {
  const { content } = await readFile(`/api/v1/twins/${twin}/body/${part}.glb`, { purpose })
  const glb = await content.arrayBuffer()
  const description = describe(glb)
  return { glb, provenance: description.asset.extras, segments: segmentsOf(description) }
}

interface Description {
  asset: { extras: Provenance }
  materials?: { pbrMetallicRoughness?: { baseColorFactor?: number[] } }[]
  meshes?: { primitives: { material?: number; extras?: { name: string; segment?: number } }[] }[]
}

/** The JSON of a binary glTF file: after 12 bytes of header, a chunk with its length in front. */
function describe(glb: ArrayBuffer): Description {
  const length = new DataView(glb).getUint32(12, true)
  return JSON.parse(new TextDecoder().decode(new Uint8Array(glb, 20, length))) as Description
}

function segmentsOf({ meshes = [], materials = [] }: Description): Body['segments'] {
  return meshes.flatMap(({ primitives }) =>
    primitives.flatMap(({ material = -1, extras }) =>
      extras?.segment === undefined
        ? []
        : [{ segment: extras.segment, name: extras.name, colour: hexOf(materials[material]?.pbrMetallicRoughness) }],
    ),
  )
}

/** Colours in glTF are linear; what a screen takes is not (IEC 61966-2-1). */
function hexOf({ baseColorFactor = [1, 1, 1] }: { baseColorFactor?: number[] } = {}): string {
  const encoded = baseColorFactor.slice(0, 3).map((linear) => {
    const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${encoded.join('')}`
}
