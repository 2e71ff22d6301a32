import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { RestrictProcessing } from '../../consents/commands/restrict-processing.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict, InvalidRequest } from '../../platform/errors.js'
import type { KeyClass } from '../../vault/key-class.js'
import type { ErasureGround, Outcome, RefusalGround } from '../codes.js'
import { ContestDecision } from '../decisions/commands/contest-decision.js'
import { FindContest } from '../decisions/queries/find-contest.js'
import type { RetainedClass } from '../forgetting/events.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'
import { holdsInForce } from '../forgetting/forgetting-state.js'
import { RetentionGuard } from '../forgetting/retention-guard.js'
import type { Consulted } from '../consultations/consultation.js'
import { SponsorConsultations } from '../consultations/sponsor-consultations.js'
import { RequestJournal, type KnownRequest, type RequestReceipt } from '../requests/request-journal.js'

/** What is to be erased, and what is kept on which exception. */
export interface ErasureScope {
  ground: ErasureGround
  classes: readonly KeyClass[]
  retained: readonly RetainedClass[]
}

export interface Decision {
  request: string
  outcome: Outcome
  /** Of a refusal in whole or in part; for erasure in part they are those of the classes that are kept. */
  grounds: readonly RefusalGround[]
  erasure?: ErasureScope
  explanation?: string
}

/** Decides on a request and sets going what was granted: a freeze, or an erasure that waits for its two persons. */
export class DecideRequest extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: Decision,
  ) {
    super()
  }
}

@CommandHandler(DecideRequest)
export class DecideRequestHandler implements ICommandHandler<DecideRequest> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly forgetting: ForgettingJournal,
    private readonly journal: Journal,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly retention: RetentionGuard,
    private readonly consultations: SponsorConsultations,
  ) {}

  /**
   * The effect comes first and is the same when it is repeated: a decision on record is one that took effect.
   *
   * @throws Conflict `legal-hold-active`: it is recorded, and the request waits for the hold to end
   * @throws Conflict `retention-period-running`: the law keeps a class that was to be erased
   * @throws Conflict `sponsor-consultation-running`: the record of a trial was to be erased, and its sponsor may still answer
   * @throws Conflict `decision-review-pending`: nobody has reviewed the contested decision yet
   * @throws Conflict `privacy-request-out-of-order`, `erasure-under-way`; InvalidRequest `privacy-ground-required`,
   *   `privacy-ground-not-applicable`, `erasure-decision-incomplete`, `erasure-scope-required`
   */
  async execute({ context, decision }: DecideRequest): Promise<RequestReceipt> {
    const { request, outcome, explanation } = decision
    const state = await this.requests.existing(request)
    const { subject } = state.received
    const grounds = groundsOf(decision)
    const { idempotencyKey: _key, ...once } = context
    const decided = state.status === 'decided' || state.status === 'answered'
    if (!decided) this.requests.judge(state, { type: 'decide', outcome, grounds })
    const effect = decided ? { consulted: state.consulted } : await this.effectOf(once, request, state, decision)
    return this.requests.record(
      context,
      { request, subject },
      { type: 'decide', outcome, grounds, explanation, ...effect },
    )
  }

  private async effectOf(context: CommandContext, request: string, state: KnownRequest, decision: Decision) {
    if (decision.outcome !== 'refused') return this.take(context, request, state, decision)
    return state.received.kind === 'erasure' ? { consulted: await this.heard(context, request, state, []) } : {}
  }

  private async take(context: CommandContext, request: string, state: KnownRequest, { erasure }: Decision) {
    const { kind, subject, purposes, decision } = state.received
    if (kind === 'restriction' || kind === 'objection') {
      const ground = kind === 'restriction' ? 'art-18' : 'art-21'
      const freeze = { subject, restriction: request, ground, purposes: purposes ?? 'any', reference: request } as const
      await this.commands.execute(new RestrictProcessing(context, freeze))
      return { restriction: request }
    }
    if (decision !== undefined) await this.mustBeReviewed(context, request, decision)
    if (kind !== 'erasure') return {}
    if (!erasure)
      throw new InvalidRequest('erasure-scope-required', 'Granting an erasure names what goes and what stays.')
    await this.mustNotBeKept(subject, erasure.classes)
    const consulted = await this.heard(context, request, state, erasure.classes)
    const id = await this.erasureOf(request, subject)
    await this.decideErasure(context, request, subject, { ...erasure, erasure: id, request })
    return { erasure: id, consulted }
  }

  /** The sponsors of the person's trials; with a legal hold nothing is decided, and they need not be waited for. */
  private async heard(
    context: CommandContext,
    request: string,
    { received: { subject }, dueAt }: KnownRequest,
    classes: readonly KeyClass[],
  ): Promise<Consulted[]> {
    const isHeld = holdsInForce(await this.forgetting.state(subject)).length > 0
    return this.consultations.settle(context, { request, subject, dueAt }, isHeld ? [] : classes)
  }

  /** The same however often it is said; another one where an earlier one was stopped before it began. */
  private async erasureOf(request: string, subject: string): Promise<string> {
    const { erasures } = await this.forgetting.state(subject)
    const stopped = [...erasures.values()].filter((each) => each.request === request && each.status === 'stopped')
    return this.journal.deriveEventId('erasure', request, ...(stopped.length > 0 ? [String(stopped.length)] : []))
  }

  /** What the law keeps is no more erased at a person's request than by ourselves (Art 17(3)(b)). */
  private async mustNotBeKept(subject: string, classes: readonly KeyClass[]): Promise<void> {
    // A legal hold is refused and remembered first: the request waits for its end.
    if (holdsInForce(await this.forgetting.state(subject)).length > 0) return
    await this.retention.mustNotBeKept(subject, classes)
  }

  /** The review is what the person asked for: nothing is granted before it was made. */
  private async mustBeReviewed(context: CommandContext, request: string, decision: string): Promise<void> {
    await this.commands.execute(new ContestDecision(context, { decision, request }))
    const { verdict } = await this.queries.execute(new FindContest(decision, request))
    if (!verdict)
      throw new Conflict('decision-review-pending', 'The contested decision waits for its review by a person.')
  }

  private async decideErasure(
    context: CommandContext,
    request: string,
    subject: string,
    decision: ErasureScope & { erasure: string; request: string },
  ): Promise<void> {
    try {
      await this.forgetting.record(context, subject, { type: 'decide-erasure', ...decision })
    } catch (error) {
      if (error instanceof Conflict && error.code === 'legal-hold-active') {
        const holds = holdsInForce(await this.forgetting.state(subject)).map(({ hold }) => hold)
        await this.requests.record(context, { request, subject }, { type: 'hold', holds })
      }
      throw error
    }
  }
}

/** The exceptions under which classes are kept are the grounds of an erasure in part. */
function groundsOf({ outcome, grounds, erasure }: Decision): readonly RefusalGround[] {
  if (outcome !== 'partial' || !erasure || grounds.length > 0) return grounds
  return [...new Set(erasure.retained.map(({ ground }) => ground))]
}
