import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import { SealedFiles } from '../../vault/sealed-files.js'
import { meshDecider } from '../mesh/meshes.js'

/**
 * Deletes the sealed files that no event names: a process died between writing the file and recording it, or between recording
 * that a mesh was detached and deleting its file.
 */
export class DeleteStrayFiles extends Command<{ deleted: number }> {
  constructor(
    /** RFC 3339: files written until then; what is younger may be about to be recorded. */
    readonly until: string,
  ) {
    super()
  }
}

@CommandHandler(DeleteStrayFiles)
export class DeleteStrayFilesHandler implements ICommandHandler<DeleteStrayFiles> {
  constructor(
    private readonly journal: Journal,
    private readonly files: SealedFiles,
  ) {}

  /** @throws Unavailable `key-management-unavailable`: which files are named cannot be read now, and none is deleted */
  async execute({ until }: DeleteStrayFiles): Promise<{ deleted: number }> {
    const byStream = new Map<string, string[]>()
    for (const { id, stream } of await this.files.writtenUntil(until))
      byStream.set(stream, [...(byStream.get(stream) ?? []), id])
    let deleted = 0
    for (const [stream, ids] of byStream) {
      const { state } = await this.journal.load(meshDecider, stream)
      for (const stray of ids.filter((id) => !state.meshes.has(id))) {
        await this.files.delete(stray)
        deleted++
      }
    }
    return { deleted }
  }
}
