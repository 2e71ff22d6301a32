import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { SealedFiles } from '../../vault/sealed-files.js'
import { meshStream } from '../events.js'
import { meshDecider } from '../mesh/meshes.js'
import type { DetachmentReason } from '../reason-codes.js'

/** Takes a mesh off a twin and deletes its file; that there was one stays on record. */
export class DetachMesh extends Command<{ position: number }> {
  constructor(
    readonly context: CommandContext,
    readonly order: { twin: string; subject: string; mesh: string; reason: DetachmentReason },
  ) {
    super()
  }
}

@CommandHandler(DetachMesh)
export class DetachMeshHandler implements ICommandHandler<DetachMesh> {
  constructor(
    private readonly journal: Journal,
    private readonly files: SealedFiles,
  ) {}

  /** @throws NotFound `mesh-not-found` */
  async execute({ context, order: { twin, subject, mesh, reason } }: DetachMesh): Promise<{ position: number }> {
    const command = { type: 'detach', mesh, reason } as const
    const { events } = await this.journal.execute(
      { ...context, reason },
      { stream: meshStream(twin), decider: meshDecider, command, subject },
    )
    await this.files.delete(mesh)
    return { position: events.at(-1)!.position }
  }
}
