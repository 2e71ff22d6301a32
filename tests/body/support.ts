import { NodeIO, type Document, type Mesh } from '@gltf-transform/core'
import { enclosedVolume, isWatertight } from '../../src/models/library/body-lv-truncated-ellipsoid/mesh-volume.js'
import {
  composeVentricle,
  type VentricleInputs,
  type VentricleOfPerson,
} from '../../src/body/compose/left-ventricle.js'
import type { Provenance } from '../../src/body/provenance.js'

export const HEALTHY: VentricleInputs = {
  lvidd_cm: 4.8,
  ivsd_cm: 0.9,
  lvpwd_cm: 0.8,
  ejectionFraction_percent: 62,
  heartRate: 68,
  SBP: 128,
  DBP: 78,
}

export const PROVENANCE: Provenance = {
  notice: 'Idealised shapes computed from recorded measurements. Not for diagnosis.',
  kind: 'left-ventricle',
  twin: '3c0f3c52-8f0e-4a0e-9a34-111111111111',
  twinRevision: 7,
  mapping: '1.0.0',
  models: [],
  inputs: [],
  measures: [],
  remarks: [],
}

export function ventricleOf(inputs: VentricleInputs): VentricleOfPerson {
  const composed = composeVentricle(inputs)
  if (!('geometry' in composed)) throw new Error(`refused: ${JSON.stringify(composed)}`)
  return composed
}

export const readGlb = (glb: Uint8Array): Promise<Document> => new NodeIO().readBinary(glb)

/** A mesh of a file as one surface: all its primitives together, at the moments of its beat. */
export function surfaceOf(mesh: Mesh) {
  const [first] = mesh.listPrimitives()
  const rest = Float64Array.from(first!.getAttribute('POSITION')!.getArray()!)
  const triangles = Uint32Array.from(mesh.listPrimitives().flatMap((part) => [...part.getIndices()!.getArray()!]))
  const offsets = first!.listTargets().map((target) => target.getAttribute('POSITION')!.getArray()!)
  const frames = [rest, ...offsets.map((offset) => rest.map((value, index) => value + offset[index]!))]
  return {
    watertight: isWatertight({ triangles }),
    /** Of each frame, mL; positive when the triangles face outward. */
    volumes_mL: frames.map((positions) => enclosedVolume({ positions, triangles }) * 1e6),
    normals: Float64Array.from(first!.getAttribute('NORMAL')!.getArray()!),
    rest,
    triangles,
  }
}

export const meshNamed = (document: Document, name: string): Mesh =>
  document
    .getRoot()
    .listMeshes()
    .find((mesh) => mesh.getName() === name)!
