import { randomUUID } from 'node:crypto'
import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { OtherIdsOf } from '../../consents/queries/other-ids-of.js'
import { Conflict, InvalidRequest } from '../../platform/errors.js'
import { ContestDecision } from '../decisions/commands/contest-decision.js'
import { FindContest } from '../decisions/queries/find-contest.js'
import type { RequestKind } from '../codes.js'
import type { Receipt } from '../requests/request.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

export interface ReceivedRequest extends RequestReceipt {
  /** The same request under each other id that the person is on record under since twins were merged; left out where there is none. */
  underOtherIds?: readonly { request: string; subject: string }[]
}

/** What concerns all that is held of a person: each id has data and keys of its own. Restrictions and objections hold for all at once. */
const OF_ALL_DATA: ReadonlySet<RequestKind> = new Set<RequestKind>(['access', 'portability', 'erasure'])

/** Takes in what a person asks about their data; the clock of Art 12(3) runs from then on. */
export class ReceiveRequest extends Command<ReceivedRequest> {
  constructor(
    readonly context: CommandContext,
    readonly asked: Receipt & { subject: string },
  ) {
    super()
  }
}

@CommandHandler(ReceiveRequest)
export class ReceiveRequestHandler implements ICommandHandler<ReceiveRequest> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly journal: Journal,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /**
   * The request comes first: what a person asks is on record even where opening the decision is interrupted; deciding on the
   * request makes up for that.
   *
   * @throws InvalidRequest `privacy-received-in-future`, `privacy-run-required`, `privacy-decision-not-applicable`
   * @throws NotFound `decision-not-found`; Conflict `decision-out-of-order`: the decision does not hold
   */
  async execute({ context, asked: { subject, ...receipt } }: ReceiveRequest): Promise<ReceivedRequest> {
    const { idempotencyKey: key, actor } = context
    const request = key === undefined ? randomUUID() : this.journal.deriveEventId('privacy-request', actor.id, key)
    const { kind, decision } = receipt
    if (decision === undefined) {
      const received = await this.requests.record(context, { request, subject }, { type: 'receive', ...receipt })
      if (!OF_ALL_DATA.has(kind)) return received
      const underOtherIds = await this.receiveUnderOtherIds(context, { request, subject }, receipt)
      return { ...received, ...(underOtherIds.length > 0 && { underOtherIds }) }
    }
    const contested = await this.queries.execute(new FindContest(decision, request))
    if (kind !== 'human-review' || contested.subject !== subject)
      throw new InvalidRequest(
        'privacy-decision-not-applicable',
        'This is not a decision that the request can be about.',
      )
    if (contested.verdict === undefined && !contested.inForce)
      throw new Conflict('decision-out-of-order', 'This decision does not hold: there is nothing to contest.')
    const command = { type: 'receive', ...receipt, run: contested.run } as const
    const received = await this.requests.record(context, { request, subject }, command)
    await this.commands.execute(new ContestDecision(context, { decision, request }))
    return received
  }

  /** Each goes its own way to its own certificate or copy; asked again, it is on record already. */
  private async receiveUnderOtherIds(
    context: CommandContext,
    { request, subject }: { request: string; subject: string },
    receipt: Receipt,
  ): Promise<{ request: string; subject: string }[]> {
    const others = await this.queries.execute(new OtherIdsOf(subject))
    const asked: { request: string; subject: string }[] = []
    for (const other of others) {
      const own = this.journal.deriveEventId('privacy-request-under-other-id', request, other)
      await this.requests.record(
        { ...context, idempotencyKey: own },
        { request: own, subject: other },
        { type: 'receive', ...receipt },
      )
      asked.push({ request: own, subject: other })
    }
    return asked
  }
}
