import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { NotFound } from '../platform/errors.js'
import type { PermitTerms } from './events.js'
import { permitDecider, permitStream, type PermitCommand, type PermitState } from './permit.js'

/** What a change led to. */
export interface PermitReceipt {
  permit: string
  revision: number
  position: number
  replayed: boolean
}

export interface PermitRead {
  state: PermitState
  /** Of the permit's stream; -1 for what is not on record. */
  revision: number
}

/** Reads and records data permits. */
@Injectable()
export class PermitBook {
  constructor(private readonly journal: Journal) {}

  /** The id of a permit here: always the same for what one access body issued under one identifier. */
  permitOf({ issuer, identifier }: Pick<PermitTerms, 'issuer' | 'identifier'>): string {
    return this.journal.deriveEventId('data-permit', issuer, identifier)
  }

  /** As of this moment; of what is not on record, a state without terms. */
  async read(permit: string): Promise<PermitRead> {
    const { state, revision } = await this.journal.load(decider(), permitStream(permit))
    return { state, revision }
  }

  /** @throws NotFound `permit-not-found` */
  async existing(permit: string): Promise<PermitRead> {
    const found = await this.read(permit)
    if (found.revision < 0) throw new NotFound('permit-not-found', 'There is no such data permit.')
    return found
  }

  /** Decides and records. Errors are those of `decide`; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    permit: string,
    command: PermitCommand,
    ifRevision?: number,
  ): Promise<PermitReceipt> {
    const stream = permitStream(permit)
    const receipt = await this.journal.execute(context, { stream, decider: decider(), command, ifRevision })
    const { revision, position } = receipt.events.at(-1)!
    return { permit, revision, position, replayed: receipt.replayed }
  }
}

const decider = () => permitDecider(new Date().toISOString())
