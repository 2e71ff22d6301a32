import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { meshStream } from '../events.js'
import { meshDecider, type MeshRecord } from '../mesh/meshes.js'

export type { MeshRecord } from '../mesh/meshes.js'

/** The meshes of a twin, in the order of attachment, without their files. The reading is recorded. */
export class ListMeshes extends Query<MeshRecord[]> {
  constructor(
    readonly context: CommandContext,
    readonly of: { twin: string; subject: string },
  ) {
    super()
  }
}

@QueryHandler(ListMeshes)
export class ListMeshesHandler implements IQueryHandler<ListMeshes> {
  constructor(
    private readonly journal: Journal,
    private readonly access: AccessRecorder,
  ) {}

  async execute({ context, of: { twin, subject } }: ListMeshes): Promise<MeshRecord[]> {
    const { state } = await this.journal.load(meshDecider, meshStream(twin))
    const meshes = [...state.meshes.values()]
    if (meshes.length > 0)
      await this.access.opened(context, { subject, twin, what: ['mesh-description'], count: meshes.length })
    return meshes
  }
}
