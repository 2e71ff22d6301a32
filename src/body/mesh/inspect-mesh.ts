/** Whether an organ mesh from outside may be attached: sound, self-contained, of bearable size. Pure; never executes anything. */
import { soundAccessors, type SoundAccessor } from './accessors.js'
import { readContainer, type MeshFault } from './glb-container.js'
import { isObject, objectsOf, wholeNumber, type JsonObject } from './gltf-json.js'
import { type IndexedTriangles, isClosed, joined } from './closed-surface.js'

/** What is worth knowing of a mesh that is not refused. */
export type MeshFinding = 'not-watertight' | 'carries-extras' | 'carries-animation' | 'carries-images'

export interface MeshSummary {
  triangles: number
  vertices: number
  /** Names are the sender's and may say who it is, so they are counted only. */
  parts: number
  findings: readonly MeshFinding[]
}

export type Inspection = { accepted: true; summary: MeshSummary } | { accepted: false; faults: readonly MeshFault[] }

/** Enough for an organ from a scan, little enough to be looked at while a caller waits. */
export const MOST_TRIANGLES = 300_000
const MOST_VERTICES = 900_000
const MOST_NODES = 10_000
const MOST_FAULTS = 20
const MOST_DEPTH = 64
/** Extensions that change how a surface looks and nothing else. */
const HARMLESS_EXTENSION = /^KHR_(materials_[a-z_]+|texture_transform)$/
const FLOAT = 5126
const INDEX_TYPES = [5121, 5123, 5125]

/** @param file as received */
export function inspectMesh(file: Uint8Array): Inspection {
  const content = readContainer(file)
  if ('code' in content) return { accepted: false, faults: [content] }
  const { json, binary } = content
  const faults: MeshFault[] = []
  checkAsset(json, faults)
  const seen = scan(json, faults)
  checkNodes(json, faults)
  checkScenes(json, faults)
  const accessors = soundAccessors(json, binary, faults)
  const surfaces = faults.length === 0 ? surfacesOf(json, accessors, binary, faults) : []
  const triangles = surfaces.reduce((sum, { indices }) => sum + indices.length / 3, 0)
  if (faults.length === 0 && triangles === 0) faults.push({ code: 'mesh-empty' })
  if (faults.length > 0) return { accepted: false, faults: faults.slice(0, MOST_FAULTS) }
  return { accepted: true, summary: summaryOf(json, surfaces, triangles, seen.extras) }
}

function summaryOf(
  json: JsonObject,
  surfaces: readonly IndexedTriangles[],
  triangles: number,
  extras: boolean,
): MeshSummary {
  const has = (name: string): boolean => objectsOf(json, name, []).length > 0
  const findings: MeshFinding[] = []
  if (!surfaces.every(isClosed)) findings.push('not-watertight')
  if (extras) findings.push('carries-extras')
  if (has('animations')) findings.push('carries-animation')
  if (has('images')) findings.push('carries-images')
  const vertices = surfaces.reduce((sum, { positions }) => sum + positions.length / 3, 0)
  return { triangles, vertices, parts: surfaces.length, findings }
}

function checkAsset(json: JsonObject, faults: MeshFault[]): void {
  if (!isObject(json.asset) || json.asset.version !== '2.0')
    faults.push({ code: 'version-not-supported', at: '/asset' })
  for (const name of ['extensionsUsed', 'extensionsRequired']) {
    const listed = json[name] ?? []
    const harmless =
      Array.isArray(listed) && listed.every((item) => typeof item === 'string' && HARMLESS_EXTENSION.test(item))
    if (!harmless) faults.push({ code: 'extension-not-supported', at: `/${name}` })
  }
}

/** Everything in the file, however deep: nothing may point out of it, and no extension may be used that is not declared. */
function scan(json: JsonObject, faults: MeshFault[]): { extras: boolean } {
  const seen = { extras: false }
  const visit = (value: unknown, at: string, depth: number): void => {
    if (depth > MOST_DEPTH) {
      faults.push({ code: 'json-too-deep', at: '' })
      return
    }
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${at}/${index}`, depth + 1))
    else if (isObject(value)) for (const [name, item] of Object.entries(value)) visitMember(name, item, at, depth)
  }
  const visitMember = (name: string, item: unknown, at: string, depth: number): void => {
    if (name === 'extras') {
      // What an application left there for itself; nothing of ours reads it.
      seen.extras = true
      return
    }
    if (name === 'uri') faults.push({ code: 'external-reference', at: `${at}/uri` })
    if (name === 'extensions' && isObject(item))
      for (const extension of Object.keys(item))
        if (!HARMLESS_EXTENSION.test(extension))
          faults.push({ code: 'extension-not-supported', at: `${at}/extensions` })
    visit(item, `${at}/${/^[A-Za-z]\w{0,40}$/.test(name) ? name : '?'}`, depth + 1)
  }
  visit(json, '', 0)
  return seen
}

/** Nodes form a forest (glTF 2.0 §3.5.2): a reader that walks it must come to an end. */
function checkNodes(json: JsonObject, faults: MeshFault[]): void {
  const nodes = objectsOf(json, 'nodes', faults)
  if (nodes.length > MOST_NODES) faults.push({ code: 'too-many-nodes', at: '/nodes' })
  const parents = new Map<number, number>()
  nodes.forEach(({ children = [] }, parent) => {
    for (const child of Array.isArray(children) ? children : [null]) {
      if (wholeNumber(child) === null || child >= nodes.length || parents.has(child))
        faults.push({ code: 'nodes-not-a-tree', at: `/nodes/${parent}/children` })
      else parents.set(child, parent)
    }
  })
  // With one parent each, a node that leads to no root lies on a circle.
  const rooted = new Set<number>()
  for (let node = 0; node < nodes.length; node++) {
    const path = new Set<number>()
    let at: number | undefined = node
    while (at !== undefined && !rooted.has(at) && !path.has(at)) {
      path.add(at)
      at = parents.get(at)
    }
    if (at !== undefined && path.has(at)) {
      faults.push({ code: 'nodes-not-a-tree', at: `/nodes/${node}` })
      return
    }
    for (const known of path) rooted.add(known)
  }
}

/** A scene shows nodes of the file; a reader that follows it to one that is not there fails. */
function checkScenes(json: JsonObject, faults: MeshFault[]): void {
  const there = objectsOf(json, 'nodes', []).length
  objectsOf(json, 'scenes', faults).forEach(({ nodes = [] }, scene) => {
    const sound = Array.isArray(nodes) && nodes.every((node) => (wholeNumber(node) ?? there) < there)
    if (!sound) faults.push({ code: 'scene-invalid', at: `/scenes/${scene}/nodes` })
  })
}

function surfacesOf(
  json: JsonObject,
  accessors: readonly (SoundAccessor | null)[],
  binary: Uint8Array,
  faults: MeshFault[],
): IndexedTriangles[] {
  const view = new DataView(binary.buffer, binary.byteOffset, binary.byteLength)
  const left: Budget = { triangles: MOST_TRIANGLES, vertices: MOST_VERTICES }
  return objectsOf(json, 'meshes', faults).map((mesh, meshIndex) =>
    joined(
      objectsOf(mesh, 'primitives', faults).flatMap((primitive, index) => {
        const surface = surfaceOf(primitive, accessors, view, left)
        if (typeof surface !== 'string') return [surface]
        if (faults.length < MOST_FAULTS) faults.push({ code: surface, at: `/meshes/${meshIndex}/primitives/${index}` })
        return []
      }),
    ),
  )
}

/** What may still be read: primitives can share vertices, so a small file can ask for endless work. */
interface Budget {
  triangles: number
  vertices: number
}

/** The triangles of a primitive, or what is wrong with it. */
function surfaceOf(
  { mode, attributes, indices }: JsonObject,
  accessors: readonly (SoundAccessor | null)[],
  view: DataView,
  left: Budget,
): IndexedTriangles | string {
  if (mode !== undefined && mode !== 4) return 'not-triangles'
  const position = isObject(attributes) ? accessors[wholeNumber(attributes.POSITION) ?? -1] : undefined
  if (!position || position.type !== 'VEC3' || position.componentType !== FLOAT) return 'positions-invalid'
  const index = indices === undefined ? undefined : accessors[wholeNumber(indices) ?? -1]
  if (indices !== undefined && (!index || index.type !== 'SCALAR' || !INDEX_TYPES.includes(index.componentType)))
    return 'indices-invalid'
  const corners = index?.count ?? position.count
  if (corners % 3 !== 0) return 'indices-invalid'
  left.triangles -= corners / 3
  left.vertices -= position.count
  if (left.triangles < 0 || left.vertices < 0) return 'too-many-triangles'
  const positions = positionsOf(position, view)
  if (!positions.every(Number.isFinite)) return 'positions-invalid'
  const read = index ? indicesOf(index, view) : Uint32Array.from({ length: corners }, (_, corner) => corner)
  return read.every((vertex) => vertex < position.count) ? { positions, indices: read } : 'indices-invalid'
}

function positionsOf({ start, stride, count }: SoundAccessor, view: DataView): Float32Array {
  const positions = new Float32Array(3 * count)
  for (let vertex = 0; vertex < count; vertex++)
    for (let axis = 0; axis < 3; axis++)
      positions[3 * vertex + axis] = view.getFloat32(start + vertex * stride + 4 * axis, true)
  return positions
}

function indicesOf({ start, stride, count, componentType }: SoundAccessor, view: DataView): Uint32Array {
  const read = { 5121: 'getUint8', 5123: 'getUint16', 5125: 'getUint32' }[componentType] as 'getUint32'
  return Uint32Array.from({ length: count }, (_, corner) => view[read](start + corner * stride, true))
}
