import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type JournalEntry, type JournalWrite } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { FindPermit, type KnownPermit } from '../../permits/queries/find-permit.js'
import { Conflict } from '../../platform/errors.js'
import { decideAt } from '../consent.js'
import { foldConsents, readConsents } from '../consent-reader.js'
import { consentStream, type ConsentState } from '../consent-state.js'
import { coverUse } from '../coverage.js'
import type { ConsentEvent, ConsentUseAuthorised } from '../events.js'
import type { KnownClaim } from '../permit-claim.js'
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
  /** Controllers of the twins concerned, which a permit asks for. */
  holders?: readonly string[]
}

/**
 * Asks many persons' consents at once, each as AuthoriseUse does: read together, decided and recorded one by one. A permission that
 * was given under the same id before stands only while consent still covers the use: time has passed since.
 *
 * Uses that rest on a data permit are recorded only where the permit's stream is as it was when they were decided on: from the
 * position of a revocation on, none is permitted.
 */
export class AuthoriseUses extends Command<UseDecision[]> {
  constructor(
    readonly context: CommandContext,
    readonly uses: readonly AskedUse[],
    /** The data permit that all of them rest on; without, each person's consent. */
    readonly permit?: string,
  ) {
    super()
  }
}

/** A use that meets a concurrent change is decided again on the new state, so often at the most. */
const MAX_DECISIONS = 8

@CommandHandler(AuthoriseUses)
export class AuthoriseUsesHandler implements ICommandHandler<AuthoriseUses> {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** @returns the answers in the order of the uses. @throws RevisionConflict a stream changed faster than could be decided */
  async execute({ context, uses, permit }: AuthoriseUses): Promise<UseDecision[]> {
    const known = await readConsents(this.journal, [...new Set(uses.map(({ subject }) => subject))])
    const rests = permit === undefined ? undefined : await this.queries.execute(new FindPermit(permit))
    return Promise.all(uses.map((use) => this.authorise(context, use, known.get(consentStream(use.subject))!, rests)))
  }

  private async authorise(
    context: CommandContext,
    { subject, answerId, holders = [], ...asked }: AskedUse,
    known: readonly RecordedEvent[],
    rests: KnownPermit | undefined,
  ): Promise<UseDecision> {
    const stream = consentStream(subject)
    const { purpose, trial } = asked.use
    for (let decision = 1, events = known, permit = rests; ; decision++) {
      const claim = permit && { permit: permit.permit, known: permit, user: context.actor.org, holders }
      const answered = events.find(({ header }) => header.id === answerId)
      const { state, revision } = foldConsents(events)
      if (answered) return repeated(answered as RecordedEvent<ConsentEvent>, state, asked.use, claim)
      const decided = decideAt(new Date().toISOString(), state, { type: 'authorise-use', ...asked, claim })
      const entries = decided.map((event, index): JournalEntry => {
        const isAnswer = index === decided.length - 1
        return { event, subject, trial, ...(isAnswer && { id: answerId }) }
      })
      try {
        const { events: written } = await this.journal.append({ ...context, purpose }, [
          { stream, expectedRevision: revision === -1 ? 'no-stream' : revision, entries },
          ...unmoved(permit),
        ])
        const answer = written.at(-1)!
        return useDecision(decided.at(-1)!, answer, answer.position)
      } catch (error) {
        // A changed stream, or the same question of another process that was faster.
        if (!(error instanceof Conflict) || decision === MAX_DECISIONS) throw error
        events = (await readConsents(this.journal, [subject])).get(stream)!
        permit = permit && (await this.queries.execute(new FindPermit(permit.permit)))
      }
    }
  }
}

/** Writes nothing to the permit's stream; it has to be where it was read. */
function unmoved(permit: KnownPermit | undefined): JournalWrite[] {
  if (!permit) return []
  const { stream, revision } = permit
  return [{ stream, expectedRevision: revision === -1 ? 'no-stream' : revision, entries: [] }]
}

function repeated(
  answer: RecordedEvent<ConsentEvent>,
  state: ConsentState,
  use: Use,
  claim: KnownClaim | undefined,
): UseDecision {
  const decision = useDecision(answer, answer.header, answer.position)
  if (!decision.authorised) return decision
  const coverage = coverUse(state, use, new Date().toISOString(), claim)
  const { eventId, revision, position } = decision
  return coverage.covered ? decision : { eventId, revision, position, authorised: false, codes: coverage.codes }
}

function useDecision(
  { type, data }: { type: string; data: object | null },
  { id, revision }: { id: string; revision: number },
  position: number,
): UseDecision {
  const at = { eventId: id, revision, position }
  if (type === 'consent.use-authorised') {
    const { use: _use, reference: _reference, ...ground } = data as ConsentUseAuthorised['data']
    return { ...at, authorised: true, ...ground }
  }
  return { ...at, authorised: false, codes: (data as { codes: readonly UseRefusalCode[] }).codes }
}
