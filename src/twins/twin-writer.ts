import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { decideOnce } from '../journal/decide-once.js'
import { earlierEvents, idempotentRequest, type IdempotentRequest } from '../journal/idempotent-request.js'
import { Journal, type JournalEntry, type JournalWrite } from '../journal/journal.js'
import { RevisionConflict } from '../platform/errors.js'
import { items } from './chain.js'
import { judged } from './judge-proposal.js'
import { proposalOn, propose, type NameEvent, type Proposal } from './proposal.js'
import type { TwinCommand } from './twin.js'
import { TwinReader } from './twin-reader.js'
import { twinStream } from './twin-state.js'

/** What a change led to. */
export interface TwinReceipt {
  twin: string
  /** Revision of the twin after the change. */
  revision: number
  /** Position of the last event in the log; null when there was nothing to record. */
  position: number | null
  eventIds: string[]
  /** True when the same Idempotency-Key had brought the same change before. */
  replayed: boolean
}

/** How commands are put to a twin while a change is worked out. */
export interface Deciding {
  name: NameEvent
  /** RFC 3339, of this attempt. */
  at: string
}

/** A change of one twin. */
export interface TwinChange {
  twin: string
  /** The subject of a twin that may not exist yet. */
  subject?: string
  /** The revision the caller saw (`If-Match`). */
  ifRevision?: number
  /** What the caller asked for, as data: the same Idempotency-Key with other data is refused. */
  request: object
  /** Works out the change on the state found, quality included; called again when another change came in between. */
  decide: (proposal: Proposal, deciding: Deciding) => Proposal
}

/** Records changes of twins: load, decide, judge the quality of what arrives, append at the revision decided on. */
@Injectable()
export class TwinWriter {
  constructor(
    private readonly journal: Journal,
    private readonly reader: TwinReader,
  ) {}

  /** One command on one twin. Errors are those of `change`. */
  command(
    context: CommandContext,
    { command, ...change }: Omit<TwinChange, 'request' | 'decide'> & { command: TwinCommand },
  ): Promise<TwinReceipt> {
    return this.change(context, {
      ...change,
      request: { twin: change.twin, command },
      decide: (proposal, deciding) => judged(propose(proposal, command, deciding), deciding),
    })
  }

  /**
   * @throws RevisionConflict `ifRevision` does not hold, or other changes kept coming in between
   * @throws Unprocessable `idempotency-key-reused`: the key came before with another request
   * @throws whatever the decider and `EventStore.append` throw
   */
  async change(context: CommandContext, change: TwinChange): Promise<TwinReceipt> {
    const keyed = idempotentRequest(context, change.request, (...parts) => this.journal.deriveEventId(...parts))
    return decideOnce({
      ifRevision: change.ifRevision,
      attempt: () => this.attempt(keyed?.context ?? context, change, keyed?.eventId ?? (() => randomUUID())),
      earlier: () => this.earlierReceipt(keyed, change.twin),
    })
  }

  /**
   * Records what was proposed for one or several twins: all of it, or nothing. The receipt is the first twin's.
   *
   * @param subject of twins that are not registered yet
   * @param beside what other rooms record with it
   * @throws RevisionConflict one of the twins, or of the streams beside them, changed since its proposal was worked out
   */
  async append(
    context: CommandContext,
    proposals: readonly Proposal[],
    { subject, beside = [] }: { subject?: string; beside?: readonly JournalWrite[] } = {},
  ): Promise<TwinReceipt> {
    const writes = proposals.map((proposal) => ({
      stream: twinStream(proposal.twin),
      expectedRevision: proposal.found.revision === -1 ? ('no-stream' as const) : proposal.found.revision,
      entries: entriesOf(proposal, proposal.found.subject ?? subject),
    }))
    const { events, replayed } = await this.journal.append(context, [...writes, ...beside])
    const first = events.filter(({ stream }) => stream === writes[0]!.stream)
    const eventIds = first.map(({ id }) => id)
    const { revision } = first.at(-1)!
    const position = Math.max(...events.map((event) => event.position))
    return { twin: proposals[0]!.twin, revision, position, eventIds, replayed }
  }

  private async attempt(context: CommandContext, change: TwinChange, name: NameEvent): Promise<TwinReceipt> {
    const { twin, ifRevision } = change
    const found = await this.reader.state(twin)
    if (ifRevision !== undefined && found.revision !== ifRevision) {
      throw new RevisionConflict(twinStream(twin), ifRevision, found.revision)
    }
    const proposal = change.decide(proposalOn(twin, found), { name, at: new Date().toISOString() })
    if (proposal.events === null) {
      return { twin, revision: found.revision, position: null, eventIds: [], replayed: false }
    }
    return this.append(context, [proposal], { subject: change.subject })
  }

  private async earlierReceipt(request: IdempotentRequest | null, twin: string): Promise<TwinReceipt | null> {
    const earlier = request && (await earlierEvents(this.journal.store, request))
    if (!earlier) return null
    const { header, position } = earlier.at(-1)!
    return {
      twin,
      revision: header.revision,
      position,
      eventIds: earlier.map(({ header: { id } }) => id),
      replayed: true,
    }
  }
}

function entriesOf({ events }: Proposal, subject: string | undefined): JournalEntry[] {
  return items(events).map(({ id, event, reason }) => ({ id, event, subject, ...(reason ? { reason } : {}) }))
}
