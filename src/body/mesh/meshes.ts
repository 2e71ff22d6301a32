/** The decision model of the meshes of a twin: attached once each, and detached for good. Pure. */
import type { Decider, EventMetadata } from '../../journal/decider.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import type { AttachedMesh, MeshEvent } from '../events.js'
import type { DetachmentReason } from '../reason-codes.js'

/** A mesh with where it is recorded. */
export interface MeshRecord extends AttachedMesh {
  attachedAt: string
  attachedBy: EventMetadata['actor']
  position: number
}

export interface MeshState {
  /** Those that were not detached, by id. */
  readonly meshes: ReadonlyMap<string, MeshRecord>
}

export type MeshCommand =
  { type: 'attach'; attachment: AttachedMesh } | { type: 'detach'; mesh: string; reason: DetachmentReason }

export const meshDecider: Decider<MeshState, MeshCommand, MeshEvent> = {
  initial: { meshes: new Map() },
  evolve({ meshes }, event, { recordedAt, actor, position }) {
    const next = new Map(meshes)
    if (event.type === 'mesh.attached')
      next.set(event.data.mesh, { ...event.data, attachedAt: recordedAt, attachedBy: actor, position })
    else next.delete(event.data.mesh)
    return { meshes: next }
  },
  decide({ meshes }, command) {
    if (command.type === 'attach') {
      const { attachment } = command
      const same = [...meshes.values()].find(({ digest }) => digest === attachment.digest)
      if (same) throw new Conflict('mesh-attached', 'This mesh is attached to the twin already.', { mesh: same.mesh })
      return [{ type: 'mesh.attached', data: attachment }]
    }
    const { mesh, reason } = command
    existingMesh({ meshes }, mesh)
    return [{ type: 'mesh.detached', data: { mesh, reason } }]
  },
}

/** @throws NotFound `mesh-not-found`: never attached, detached, or erased */
export function existingMesh({ meshes }: MeshState, mesh: string): MeshRecord {
  const found = meshes.get(mesh)
  if (!found) throw new NotFound('mesh-not-found', 'The twin has no such mesh.')
  return found
}
