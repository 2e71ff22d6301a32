/** The container of binary glTF (glTF 2.0 §4): a header, a JSON chunk, and at most one binary chunk. */
import { isUtf8 } from 'node:buffer'

/** Why a file is refused; `at` is a JSON pointer into its JSON. */
export interface MeshFault {
  code: string
  at?: string
}

export interface GlbContent {
  json: Record<string, unknown>
  /** Of the binary chunk, empty without one. */
  binary: Uint8Array
}

const MAGIC = 0x46546c67
const JSON_CHUNK = 0x4e4f534a
const BINARY_CHUNK = 0x004e4942
const HEADER_BYTES = 12
const CHUNK_HEADER_BYTES = 8
/** The description of a mesh is small; what is large lies in the binary chunk. */
const MOST_JSON_BYTES = 4 * 1024 * 1024

/** @returns the content, or what is wrong with the container */
export function readContainer(file: Uint8Array): GlbContent | MeshFault {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < HEADER_BYTES + CHUNK_HEADER_BYTES || view.getUint32(0, true) !== MAGIC) return { code: 'not-glb' }
  if (view.getUint32(4, true) !== 2) return { code: 'version-not-supported' }
  if (view.getUint32(8, true) !== file.length) return { code: 'length-wrong' }
  const chunks = chunksOf(file, view)
  if (!chunks) return { code: 'chunk-wrong' }
  const [description, binary, ...more] = chunks
  const wellFormed =
    description?.type === JSON_CHUNK && (binary === undefined || binary.type === BINARY_CHUNK) && more.length === 0
  if (!wellFormed) return { code: 'chunk-wrong' }
  if (description.content.length > MOST_JSON_BYTES) return { code: 'json-too-large' }
  const json = parse(description.content)
  return json ? { json, binary: binary?.content ?? new Uint8Array(0) } : { code: 'json-malformed' }
}

function chunksOf(file: Uint8Array, view: DataView): { type: number; content: Uint8Array }[] | null {
  const chunks: { type: number; content: Uint8Array }[] = []
  for (let at = HEADER_BYTES; at < file.length;) {
    if (at + CHUNK_HEADER_BYTES > file.length) return null
    const length = view.getUint32(at, true)
    const start = at + CHUNK_HEADER_BYTES
    if (length % 4 !== 0 || start + length > file.length) return null
    chunks.push({ type: view.getUint32(at + 4, true), content: file.subarray(start, start + length) })
    at = start + length
  }
  return chunks
}

function parse(bytes: Uint8Array): Record<string, unknown> | null {
  if (!isUtf8(bytes)) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
