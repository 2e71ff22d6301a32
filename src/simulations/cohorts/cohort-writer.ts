import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type JournalEntry } from '../../journal/journal.js'
import { metadataOf } from '../../journal/recorded-event.js'
import type { EventHeader } from '../../ledger/event.js'
import { NotFound, RevisionConflict } from '../../platform/errors.js'
import { cohortDecider, cohortStream, type CohortCommand, type CohortState } from './cohort.js'
import type { CohortEvent } from './events.js'

/** How many cohorts are kept in memory, folded. */
const KEPT = 16
/** Parts that end at the same moment in many processes meet on the stream; each meeting lets one of them pass. */
const MAX_DECISIONS = 64

/** A cohort as of now, and how it was asked for. */
export interface FoldedCohort {
  state: CohortState
  revision: number
  /** Of the request: who asked, and for which trial. */
  requested: EventHeader
}

interface Folding {
  state: CohortState
  revision: number
  requested: EventHeader | null
}

const NOTHING: Folding = { state: cohortDecider.initial, revision: -1, requested: null }

/**
 * Reads and records cohorts. What was folded is kept and only what came since is read: the stream of a large cohort holds
 * thousands of events, and every part that ends adds one.
 */
@Injectable()
export class CohortWriter {
  private readonly folded = new Map<string, Folding>()

  constructor(private readonly journal: Journal) {}

  /** @throws NotFound `cohort-not-found` */
  async existing(cohort: string): Promise<FoldedCohort> {
    const { state, revision, requested } = await this.read(cohort)
    if (requested === null) throw new NotFound('cohort-not-found', 'There is no such cohort.')
    return { state, revision, requested }
  }

  async find(cohort: string): Promise<FoldedCohort | null> {
    const { state, revision, requested } = await this.read(cohort)
    return requested === null ? null : { state, revision, requested }
  }

  /**
   * Decides on what is current and records; decides again when somebody else was faster.
   *
   * @returns the position after the last event, or null when there was nothing to record. Errors are those of `decide`
   */
  async record(
    context: CommandContext,
    { cohort, trial, command }: { cohort: string; trial?: string; command: CohortCommand },
  ): Promise<number | null> {
    const stream = cohortStream(cohort)
    for (let decision = 1; ; decision++) {
      const { state, revision } = await this.read(cohort)
      const entries = cohortDecider.decide(state, command).map((event): JournalEntry => ({ event, trial }))
      if (entries.length === 0) return null
      const expectedRevision = revision < 0 ? 'no-stream' : revision
      try {
        const { events } = await this.journal.append(context, [{ stream, expectedRevision, entries }])
        return events.at(-1)!.position + 1
      } catch (error) {
        if (!(error instanceof RevisionConflict) || decision === MAX_DECISIONS) throw error
      }
    }
  }

  private async read(cohort: string): Promise<Folding> {
    let { state, revision, requested } = this.folded.get(cohort) ?? NOTHING
    const since = await this.journal.store.readStream(cohortStream(cohort), { from: revision + 1 })
    for (const event of await this.journal.openAll(since)) {
      state = cohortDecider.evolve(state, event as { type: string; data: object } as CohortEvent, metadataOf(event))
      revision = event.header.revision
      requested ??= event.header
    }
    return this.keep(cohort, { state, revision, requested })
  }

  private keep(cohort: string, folding: Folding): Folding {
    // Another request may have read further meanwhile.
    if (folding.revision < 0 || folding.revision < (this.folded.get(cohort)?.revision ?? -1)) return folding
    this.folded.delete(cohort)
    this.folded.set(cohort, folding)
    if (this.folded.size > KEPT) this.folded.delete(this.folded.keys().next().value!)
    return folding
  }
}
