import { createHash, randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict, Unprocessable } from '../../platform/errors.js'
import { SealedFiles } from '../../vault/sealed-files.js'
import type { TwinInUse } from '../body-access.js'
import { meshStream, type AttachedMesh } from '../events.js'
import { meshDecider } from '../mesh/meshes.js'
import { ShapeThread } from '../thread/shape-thread.js'

/** What was attached, with what was found in it. */
export interface AttachmentAnswer extends AttachedMesh {
  position: number
}

/** Attaches an organ mesh to a twin: checked, sealed, and recorded by its digest. */
export class AttachMesh extends Command<AttachmentAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly order: {
      twin: string
      owner: TwinInUse
      /** `UBERON:0000948` */
      organ: string
      /** Binary glTF, as received. */
      file: Uint8Array
    },
  ) {
    super()
  }
}

@CommandHandler(AttachMesh)
export class AttachMeshHandler implements ICommandHandler<AttachMesh> {
  constructor(
    private readonly journal: Journal,
    private readonly files: SealedFiles,
    private readonly shapes: ShapeThread,
  ) {}

  /** @throws Unprocessable `mesh-refused`: every fault by its code and place; Conflict `mesh-attached`, `twin-not-in-use`; Unavailable `shape-unfinished` */
  async execute({ context, order: { twin, owner, organ, file } }: AttachMesh): Promise<AttachmentAnswer> {
    if (owner.status !== 'active')
      throw new Conflict('twin-not-in-use', 'This twin is not in use.', { status: owner.status })
    const inspection = await this.shapes.inspect(file)
    if (!inspection.accepted)
      throw new Unprocessable('mesh-refused', 'The mesh cannot be attached.', { faults: inspection.faults })
    const mesh = randomUUID()
    const digest = createHash('sha256').update(file).digest('hex')
    const attachment: AttachedMesh = { mesh, organ, digest, bytes: file.length, ...inspection.summary }
    const stream = meshStream(twin)
    const { subject } = owner
    // The file first: an event must not speak of a file that is not there.
    await this.files.put({ id: mesh, stream, subject, keyClass: 'trial-record', content: file })
    try {
      const { idempotencyKey: _key, ...once } = context
      const command = { type: 'attach', attachment } as const
      const { events } = await this.journal.execute(once, { stream, decider: meshDecider, command, subject })
      return { ...attachment, position: events.at(-1)!.position }
    } catch (error) {
      await this.files.delete(mesh)
      throw error
    }
  }
}
