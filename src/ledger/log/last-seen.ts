/** The last verified checkpoint of each log, kept across runs: what makes a roll-back or a fork visible. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderDurably, replaceDurably } from '../../platform/durable-file.js'
import { originHash, parseCheckpoint } from './checkpoint.js'
import { errorCode } from './system-error.js'

/** Checkpoints are verified before they come here; they are verified again by whoever uses what is read. */
export class LastSeenStore {
  /** @param folder made when the first checkpoint is kept; one file an origin */
  constructor(private readonly folder: string) {}

  /** The signed checkpoint last kept for `origin`, verbatim; undefined before the first. */
  async read(origin: string): Promise<string | undefined> {
    try {
      return await readFile(this.file(origin), 'utf8')
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    }
  }

  /**
   * Keeps a verified checkpoint, durably and whole or not at all. One of a smaller size than the kept one is not kept: a
   * slower verification must not undo what a faster one has seen.
   */
  async keep(signed: string): Promise<void> {
    const { origin, size } = parseCheckpoint(signed)
    const kept = await this.read(origin)
    if (kept !== undefined && parseCheckpoint(kept).size > size) return
    await makeFolderDurably(this.folder)
    await replaceDurably(this.file(origin), signed)
  }

  private file(origin: string): string {
    return join(this.folder, `${originHash(origin)}.checkpoint`)
  }
}
