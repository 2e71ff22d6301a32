import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type JournalEntry } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { Conflict } from '../../platform/errors.js'
import { decideAt } from '../consent.js'
import { foldConsents, readConsents } from '../consent-reader.js'
import { consentStream, type ConsentState } from '../consent-state.js'
import { coverUse } from '../coverage.js'
import type { ConsentEvent } from '../events.js'
import type { Use, UseRefusalCode } from '../scope.js'
import type { UseDecision } from './authorise-use.js'

/** One use among many. */
export interface AskedUse {
  subject: string
  use: Use
  /** Random id of what asks, such as a simulation run. */
  reference?: string
  /** Id of the event that will hold the answer: asked again with the same id, the first answer is given. */
  answerId: string
}

/**
 * Asks many persons' consents at once, each as AuthoriseUse does: read together, decided and recorded one by one. A permission that
 * was given under the same id before stands only while consent still covers the use: time has passed since.
 */
export class AuthoriseUses extends Command<UseDecision[]> {
  constructor(
    readonly context: CommandContext,
    readonly uses: readonly AskedUse[],
  ) {
    super()
  }
}

/** A use that meets a concurrent change is decided again on the new state, so often at the most. */
const MAX_DECISIONS = 8

@CommandHandler(AuthoriseUses)
export class AuthoriseUsesHandler implements ICommandHandler<AuthoriseUses> {
  constructor(private readonly journal: Journal) {}

  /** @returns the answers in the order of the uses. @throws RevisionConflict a stream changed faster than could be decided */
  async execute({ context, uses }: AuthoriseUses): Promise<UseDecision[]> {
    const known = await readConsents(this.journal, [...new Set(uses.map(({ subject }) => subject))])
    return Promise.all(uses.map((use) => this.authorise(context, use, known.get(consentStream(use.subject))!)))
  }

  private async authorise(
    context: CommandContext,
    { subject, answerId, ...asked }: AskedUse,
    known: readonly RecordedEvent[],
  ): Promise<UseDecision> {
    const stream = consentStream(subject)
    const { purpose, trial } = asked.use
    for (let decision = 1, events = known; ; decision++) {
      const answered = events.find(({ header }) => header.id === answerId)
      const { state, revision } = foldConsents(events)
      if (answered) return repeated(answered as RecordedEvent<ConsentEvent>, state, asked.use)
      const decided = decideAt(new Date().toISOString(), state, { type: 'authorise-use', ...asked })
      const entries = decided.map((event, index): JournalEntry => {
        const isAnswer = index === decided.length - 1
        return { event, subject, trial, ...(isAnswer && { id: answerId }) }
      })
      try {
        const { events: written } = await this.journal.append({ ...context, purpose }, [
          { stream, expectedRevision: revision === -1 ? 'no-stream' : revision, entries },
        ])
        const answer = written.at(-1)!
        return useDecision(decided.at(-1)!, answer, answer.position)
      } catch (error) {
        // A changed stream, or the same question of another process that was faster.
        if (!(error instanceof Conflict) || decision === MAX_DECISIONS) throw error
        events = (await readConsents(this.journal, [subject])).get(stream)!
      }
    }
  }
}

function repeated(answer: RecordedEvent<ConsentEvent>, state: ConsentState, use: Use): UseDecision {
  const decision = useDecision(answer, answer.header, answer.position)
  if (!decision.authorised) return decision
  const coverage = coverUse(state, use, new Date().toISOString())
  const { eventId, revision, position } = decision
  return coverage.covered ? decision : { eventId, revision, position, authorised: false, codes: coverage.codes }
}

function useDecision(
  { type, data }: { type: string; data: object | null },
  { id, revision }: { id: string; revision: number },
  position: number,
): UseDecision {
  const at = { eventId: id, revision, position }
  if (type === 'consent.use-authorised')
    return { ...at, authorised: true, consent: (data as { consent: string }).consent }
  return { ...at, authorised: false, codes: (data as { codes: readonly UseRefusalCode[] }).codes }
}
