import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { metadataOf, type RecordedEvent } from '../journal/recorded-event.js'
import { NotFound, RevisionConflict } from '../platform/errors.js'
import { assessmentDecider, type AssessmentCommand } from './assessment.js'
import { AssessmentClock } from './assessment-clock.js'
import { assessmentStream, evolve, NO_ASSESSMENT, type AssessmentState } from './assessment-state.js'
import type { AssessedUse, AssessmentEvent } from './events.js'

/** What a step led to. */
export interface AssessmentReceipt {
  assessment: string
  revision: number
  position: number
  replayed: boolean
}

export interface FoldedAssessment {
  assessment: string
  state: AssessmentState
  revision: number
}

/** Reads and writes impact assessments. There is one for each use, so the gate before a run reads the ledger itself. */
@Injectable()
export class ImpactAssessments {
  constructor(
    private readonly journal: Journal,
    private readonly clock: AssessmentClock,
  ) {}

  /** The id of the assessment of a use: always the same. */
  idOf({ model, version, purpose }: AssessedUse): string {
    return this.journal.deriveEventId('impact-assessment', model, version ?? '*', purpose)
  }

  /** With what was written opened. @throws NotFound `dpia-not-found` */
  async existing(assessment: string): Promise<FoldedAssessment> {
    const { state, revision } = await this.journal.load(this.decider(), assessmentStream(assessment))
    if (!state.use) throw new NotFound('dpia-not-found', 'There is no such impact assessment.')
    return { assessment, state, revision }
  }

  /** Those there are of these uses, in their order, as of this moment and without what was written. */
  async coded(uses: readonly AssessedUse[]): Promise<FoldedAssessment[]> {
    const ids = uses.map((use) => this.idOf(use))
    const found = await this.journal.readManyCoded(ids.map(assessmentStream))
    return ids
      .map((assessment) => ({ assessment, ...folded(found.get(assessmentStream(assessment)) ?? []) }))
      .filter(({ state }) => state.use !== null)
  }

  /**
   * Whether a command would be let through; nothing is recorded. Throws what the decider throws.
   *
   * @returns stream and revision that were judged
   * @throws RevisionConflict when `ifRevision` does not hold
   */
  async judge(
    assessment: string,
    command: AssessmentCommand,
    ifRevision?: number,
  ): Promise<{ stream: string; revision: number }> {
    const { state, revision } = await this.existing(assessment)
    const stream = assessmentStream(assessment)
    if (ifRevision !== undefined && ifRevision !== revision) throw new RevisionConflict(stream, ifRevision, revision)
    this.decider().decide(state, command)
    return { stream, revision }
  }

  /** Errors are those of the decider; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    assessment: string,
    command: AssessmentCommand,
    ifRevision?: number,
  ): Promise<AssessmentReceipt> {
    const { events, replayed } = await this.journal.execute(context, {
      stream: assessmentStream(assessment),
      decider: this.decider(),
      command,
      subject: assessment,
      ifRevision,
    })
    const { revision, position } = events.at(-1)!
    return { assessment, revision, position, replayed }
  }

  /** Says that the review of an approval comes near, unless that was said. @returns whether it was said now */
  async noticeReview(context: CommandContext, assessment: string): Promise<boolean> {
    const { events } = await this.journal.execute(context, {
      stream: assessmentStream(assessment),
      decider: this.decider(),
      command: { type: 'notice-review' },
      subject: assessment,
    })
    return events.length > 0
  }

  private decider() {
    return assessmentDecider(this.clock.now().toISOString())
  }
}

/** Sealed events come without their data and say nothing here. */
function folded(events: readonly RecordedEvent[]): Pick<FoldedAssessment, 'state' | 'revision'> {
  let state = NO_ASSESSMENT
  for (const event of events)
    if (event.data) state = evolve(state, event as { type: string; data: object } as AssessmentEvent, metadataOf(event))
  return { state, revision: events.at(-1)?.header.revision ?? -1 }
}
