/** Organ meshes from outside that are attached to a twin. */
import type { DetachmentReason } from '../../../src/body/reason-codes.js'
import type { MeshFinding } from '../../../src/body/mesh/inspect-mesh.js'
import { sha256, toHex } from '../log/bytes.js'
import { change, read, readFile, upload } from './http.js'
import type { Actor } from './twins.js'

export interface Mesh {
  mesh: string
  /** `UBERON:0000948` */
  organ: string
  /** SHA-256, hexadecimal, of the file as received. */
  digest: string
  bytes: number
  triangles: number
  vertices: number
  parts: number
  /** What the check found unusual, and let pass. */
  findings: MeshFinding[]
  attachedAt: string
  attachedBy: Actor
  position: number
}

const at = (twin: string): string => `/api/v1/twins/${twin}/meshes`

/** In the order of attachment; the reading is recorded. */
export const listMeshes = (twin: string, signal?: AbortSignal) => read<Mesh[]>(at(twin), {}, signal)

/** The file as it was attached, held against the digest here too; the reading is recorded. @throws ApiProblem; Error altered on the way */
export async function readMesh(twin: string, { mesh, digest }: Pick<Mesh, 'mesh' | 'digest'>): Promise<ArrayBuffer> {
  const { content } = await readFile(`${at(twin)}/${mesh}`)
  const file = await content.arrayBuffer()
  if (toHex(await sha256(new Uint8Array(file))) !== digest)
    throw new Error('The file that came is not the one whose digest is on record.')
  return file
}

/** Attaches a binary glTF file once it has passed the checks of the service. */
export const attachMesh = (twin: string, organ: string, file: File) =>
  upload<{ mesh: string }>(`${at(twin)}?${new URLSearchParams({ organ })}`, file, 'model/gltf-binary')

export const detachMesh = (twin: string, mesh: string, reason: DetachmentReason) =>
  change(`${at(twin)}/${mesh}/detachment`, { reason })
