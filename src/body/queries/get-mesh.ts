import { createHash } from 'node:crypto'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { IntegrityError, NotFound } from '../../platform/errors.js'
import { SealedFiles } from '../../vault/sealed-files.js'
import { meshStream } from '../events.js'
import { existingMesh, meshDecider } from '../mesh/meshes.js'

/** The file of a mesh, as it was received. The reading is recorded before it is shown. */
export class GetMesh extends Query<{ glb: Uint8Array; digest: string }> {
  constructor(
    readonly context: CommandContext,
    readonly of: { twin: string; subject: string; mesh: string },
  ) {
    super()
  }
}

@QueryHandler(GetMesh)
export class GetMeshHandler implements IQueryHandler<GetMesh> {
  constructor(
    private readonly journal: Journal,
    private readonly files: SealedFiles,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `mesh-not-found`; IntegrityError `file-unsealing-failed`, `mesh-altered` */
  async execute({ context, of: { twin, subject, mesh } }: GetMesh): Promise<{ glb: Uint8Array; digest: string }> {
    const stream = meshStream(twin)
    const { state } = await this.journal.load(meshDecider, stream)
    const { digest } = existingMesh(state, mesh)
    const glb = await this.files.open({ id: mesh, stream })
    if (!glb) throw new NotFound('mesh-not-found', 'The twin has no such mesh.')
    if (createHash('sha256').update(glb).digest('hex') !== digest)
      throw new IntegrityError('mesh-altered', 'A stored mesh is not the one the log commits to.', { mesh })
    await this.access.opened(context, { subject, twin, what: ['mesh'], count: 1 })
    return { glb, digest }
  }
}
