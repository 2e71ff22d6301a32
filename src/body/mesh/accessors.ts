/** Buffers, views and accessors (glTF 2.0 §3.6): whether all that they point at is there. */
import { type MeshFault } from './glb-container.js'
import { type JsonObject, objectsOf, wholeNumber } from './gltf-json.js'

// Maps, because a file may name members that every object has.
const COMPONENT_BYTES = new Map<unknown, number>([
  [5120, 1],
  [5121, 1],
  [5122, 2],
  [5123, 2],
  [5125, 4],
  [5126, 4],
])
const COMPONENTS = new Map<unknown, number>(
  Object.entries({ SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 }),
)

/** An accessor whose every element lies in the binary chunk. */
export interface SoundAccessor {
  readonly componentType: number
  readonly type: string
  readonly count: number
  /** Offset of the first element in the binary chunk, and from one element to the next, in bytes. */
  readonly start: number
  readonly stride: number
}

interface View {
  start: number
  length: number
  stride: number | undefined
}

/** Every accessor in its place, null where it is faulty. */
export function soundAccessors(json: JsonObject, binary: Uint8Array, faults: MeshFault[]): (SoundAccessor | null)[] {
  const available = bufferLength(json, binary, faults)
  const views = objectsOf(json, 'bufferViews', faults).map((view, index) => {
    const sound = soundView(view, available)
    if (!sound) faults.push({ code: 'buffer-view-out-of-bounds', at: `/bufferViews/${index}` })
    return sound
  })
  return objectsOf(json, 'accessors', faults).map((accessor, index) => {
    const result = soundAccessor(accessor, views)
    if (typeof result !== 'string') return result
    faults.push({ code: result, at: `/accessors/${index}` })
    return null
  })
}

/** Bytes of the one buffer, which is the binary chunk. */
function bufferLength(json: JsonObject, binary: Uint8Array, faults: MeshFault[]): number {
  const buffers = objectsOf(json, 'buffers', faults)
  const length = wholeNumber(buffers[0]?.byteLength, 0)
  if (buffers.length <= 1 && length !== null && length <= binary.length) return length
  faults.push({ code: 'buffer-out-of-bounds', at: '/buffers' })
  return 0
}

function soundView({ buffer, byteOffset, byteLength, byteStride }: JsonObject, available: number): View | null {
  const start = wholeNumber(byteOffset, 0)
  const length = wholeNumber(byteLength)
  const stride = byteStride === undefined ? undefined : wholeNumber(byteStride)
  if (buffer !== 0 || start === null || length === null || stride === null || start + length > available) return null
  if (stride !== undefined && (stride < 4 || stride > 252 || stride % 4 !== 0)) return null
  return { start, length, stride }
}

function soundAccessor(accessor: JsonObject, views: readonly (View | null)[]): SoundAccessor | string {
  const { componentType, type } = accessor
  const componentBytes = COMPONENT_BYTES.get(componentType)
  const components = COMPONENTS.get(type)
  const count = wholeNumber(accessor.count)
  const offset = wholeNumber(accessor.byteOffset, 0)
  if (componentBytes === undefined || components === undefined || count === null || count < 1 || offset === null)
    return 'accessor-invalid'
  if (accessor.sparse !== undefined) return 'sparse-accessor-not-supported'
  const view = views[wholeNumber(accessor.bufferView) ?? -1]
  if (!view) return 'accessor-out-of-bounds'
  const stride = view.stride ?? componentBytes * components
  const misaligned = (view.start + offset) % componentBytes !== 0 || stride % componentBytes !== 0
  if (misaligned || stride < componentBytes * components) return 'accessor-misaligned'
  if (offset + stride * (count - 1) + componentBytes * components > view.length) return 'accessor-out-of-bounds'
  return { componentType: componentType as number, type: type as string, count, start: view.start + offset, stride }
}
