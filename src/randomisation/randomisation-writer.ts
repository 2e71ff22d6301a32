import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal, type JournalWrite } from '../journal/journal.js'
import { RevisionConflict } from '../platform/errors.js'
import { decide, randomisationDecider, type RandomisationCommand } from './randomisation.js'
import { RandomisationReader } from './randomisation-reader.js'
import { randomisationStream, type RandomisationState } from './randomisation-state.js'

/** What a change to the arms of a trial led to. */
export interface RandomisationReceipt {
  trial: string
  /** Revision of the arms' record after the change. */
  revision: number
  position: number
}

/** A command, and what is recorded on other streams with it or not at all. */
export interface Joint {
  command: RandomisationCommand
  beside: JournalWrite
}

/** Others may be randomised meanwhile; so often it is decided again. */
const MOST_ATTEMPTS = 8

@Injectable()
export class RandomisationWriter {
  constructor(
    private readonly journal: Journal,
    private readonly reader: RandomisationReader,
  ) {}

  /** @throws RevisionConflict, Unprocessable `idempotency-key-reused`, and what the decider throws */
  async command(
    context: CommandContext,
    change: { trial: string; command: RandomisationCommand },
  ): Promise<RandomisationReceipt> {
    return (await this.commandIfDue(context, change))!
  }

  /** As `command`, where it may be that nothing is to be done: then null. */
  async commandIfDue(
    context: CommandContext,
    change: { trial: string; command: RandomisationCommand },
  ): Promise<RandomisationReceipt | null> {
    const { trial } = change
    const stream = randomisationStream(trial)
    const { events } = await this.journal.execute(context, { ...change, stream, decider: randomisationDecider })
    const last = events.at(-1)
    return last ? { trial, revision: last.revision, position: last.position } : null
  }

  /**
   * Records a change together with what lies on another stream, such as what is sealed for one participant, in one append.
   *
   * @param prepare asked for each state the decision is taken on; null: it was recorded before, and nothing is to be done
   * @throws RevisionConflict too many others changed the record at the same time; and what the decider throws
   */
  async joint(
    context: CommandContext,
    { trial, subject }: { trial: string; subject?: string },
    prepare: (state: RandomisationState) => Promise<Joint | null>,
  ): Promise<RandomisationReceipt | null> {
    for (let attempt = 1; ; attempt++) {
      const { state, revision } = await this.reader.read(trial)
      const joint = await prepare(state)
      if (!joint) return null
      const entries = decide(state, joint.command).map((event) => ({
        event,
        ...(subject !== undefined && { subject }),
        trial,
      }))
      const own = { stream: randomisationStream(trial), expectedRevision: revision, entries }
      try {
        const { events } = await this.journal.append(context, [own, joint.beside])
        return { trial, revision: events[0]!.revision, position: events.at(-1)!.position }
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === MOST_ATTEMPTS) throw error
      }
    }
  }
}
