import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type HistoryPoint } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import { advanceDecider, advanceStream, type AdvanceCommand, type AdvanceState } from './advance.js'

/** What a change led to. */
export interface AdvanceReceipt {
  id: string
  revision: number
  position: number
  replayed: boolean
}

/** Reads and records entries of the overview. */
@Injectable()
export class Advances {
  constructor(private readonly journal: Journal) {}

  /** As of this moment or an earlier point; the status is null for what is not on record then. */
  async read(id: string, point?: HistoryPoint): Promise<{ state: AdvanceState; revision: number }> {
    const { state, revision } = await this.journal.load(advanceDecider, this.streamOf(id), point)
    return { state, revision }
  }

  /** @throws NotFound `advance-not-found` */
  async existing(id: string, point?: HistoryPoint): Promise<{ state: AdvanceState; revision: number }> {
    const found = await this.read(id, point)
    if (found.state.status === null) throw new NotFound('advance-not-found', 'There is no such entry.')
    return found
  }

  /** Decides and records. Errors are those of `decide`; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    id: string,
    command: AdvanceCommand,
    ifRevision?: number,
  ): Promise<AdvanceReceipt> {
    const stream = this.streamOf(id)
    const receipt = await this.journal.execute(context, { stream, decider: advanceDecider, command, ifRevision })
    const { revision, position } = receipt.events.at(-1)!
    return { id, revision, position, replayed: receipt.replayed }
  }

  private streamOf(id: string): string {
    return advanceStream(this.journal.deriveEventId('advance', id))
  }
}
