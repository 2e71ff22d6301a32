import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type HistoryPoint } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import type { LegalEntry } from './events.js'
import { legalEntryDecider, legalEntryStream, type LegalEntryCommand, type LegalEntryState } from './legal-entry.js'

/** What a change led to. */
export interface LegalEntryReceipt {
  id: string
  revision: number
  position: number
  replayed: boolean
}

export interface LegalEntryRead {
  state: LegalEntryState
  revision: number
}

/** Reads and records entries of the legal register. */
@Injectable()
export class LegalRegister {
  constructor(private readonly journal: Journal) {}

  /** As of this moment or an earlier point; the standing is null for what is not on record then. */
  async read(id: string, point?: HistoryPoint): Promise<LegalEntryRead> {
    const { state, revision } = await this.journal.load(legalEntryDecider, this.streamOf(id), point)
    return { state, revision }
  }

  /** @throws NotFound `legal-entry-not-found` */
  async existing(id: string, point?: HistoryPoint): Promise<LegalEntryRead> {
    const found = await this.read(id, point)
    if (found.state.standing === null)
      throw new NotFound('legal-entry-not-found', 'There is no such entry in the legal register.')
    return found
  }

  /** Takes an entry of the shipped edition over. False when it was on record already. */
  async adopt(context: CommandContext, entry: LegalEntry, software: string): Promise<boolean> {
    const command = { type: 'adopt', entry, software } as const
    const stream = this.streamOf(entry.id)
    const { events } = await this.journal.execute(context, { stream, decider: legalEntryDecider, command })
    return events.length > 0
  }

  /** Decides and records. Errors are those of `decide`; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    id: string,
    command: Exclude<LegalEntryCommand, { type: 'adopt' }>,
    ifRevision?: number,
  ): Promise<LegalEntryReceipt> {
    const stream = this.streamOf(id)
    const receipt = await this.journal.execute(context, { stream, decider: legalEntryDecider, command, ifRevision })
    const { revision, position } = receipt.events.at(-1)!
    return { id, revision, position, replayed: receipt.replayed }
  }

  private streamOf(id: string): string {
    return legalEntryStream(this.journal.deriveEventId('legal-entry', id))
  }
}
