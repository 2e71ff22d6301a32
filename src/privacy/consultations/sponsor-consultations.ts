import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import { TrialsOf, type TrialOfSubject } from '../../trials/queries/trials-of.js'
import type { KeyClass } from '../../vault/key-class.js'
import { PrivacyClock } from '../clock.js'
import {
  consultationDecider,
  consultationStream,
  resultOf,
  type ConsultationCommand,
  type Consulted,
  type ConsultationState,
} from './consultation.js'

/** A request for erasure, as far as asking sponsors about it takes. */
export interface ConsultedRequest {
  request: string
  subject: string
  /** When the person is to be answered. */
  dueAt: string
}

export type KnownConsultation = ConsultationState & { asked: NonNullable<ConsultationState['asked']> }

/** Asks the sponsor of each trial a person takes or took part in, and says what came of it. One consultation for a request and a trial. */
@Injectable()
export class SponsorConsultations {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws NotFound `consultation-not-found` */
  async existing(consultation: string): Promise<KnownConsultation> {
    const state = await this.load(consultation)
    if (!state.asked) throw new NotFound('consultation-not-found', 'There is no such consultation.')
    return state as KnownConsultation
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(
    context: CommandContext,
    { consultation, subject }: { consultation: string; subject: string },
    command: ConsultationCommand,
  ): Promise<Receipt> {
    const decider = consultationDecider(this.clock.now().toISOString())
    return this.journal.execute(context, { stream: consultationStream(consultation), decider, command, subject })
  }

  /** Asks every sponsor who was not asked before. */
  async ask(context: CommandContext, about: ConsultedRequest): Promise<void> {
    for (const enrolment of await this.trialsOf(about)) await this.askOne(context, about, enrolment)
  }

  /**
   * What came of asking, before the request is decided. Where the record of the trial itself is to be erased, the decision waits for the
   * answer, until its time is over; a sponsor who was not asked yet is asked now.
   *
   * @throws Conflict `sponsor-consultation-running`, with `until`
   */
  async settle(context: CommandContext, about: ConsultedRequest, classes: readonly KeyClass[]): Promise<Consulted[]> {
    const awaited = classes.includes('trial-record')
    const consulted: Consulted[] = []
    for (const enrolment of await this.trialsOf(about)) {
      const consultation = this.idOf(about.request, enrolment.trial)
      if (awaited) await this.askOne(context, about, enrolment)
      const state = await this.load(consultation)
      const result = resultOf(state, { now: this.clock.now().toISOString(), awaited })
      if (result === null)
        throw new Conflict('sponsor-consultation-running', 'The sponsor was asked and may still answer.', {
          until: state.asked!.dueAt,
        })
      consulted.push({ consultation, result })
    }
    return consulted
  }

  /** Every consultation about a request. */
  async of(
    about: Pick<ConsultedRequest, 'request' | 'subject'>,
  ): Promise<(KnownConsultation & { consultation: string })[]> {
    const found = []
    for (const { trial } of await this.trialsOf(about)) {
      const consultation = this.idOf(about.request, trial)
      const state = await this.load(consultation)
      if (state.asked) found.push({ ...(state as KnownConsultation), consultation })
    }
    return found
  }

  private async askOne(
    { idempotencyKey: _key, ...context }: CommandContext,
    { request, subject, dueAt }: ConsultedRequest,
    { trial, code }: TrialOfSubject,
  ): Promise<void> {
    const consultation = this.idOf(request, trial)
    await this.record(context, { consultation, subject }, { type: 'ask', request, trial, code, requestDueAt: dueAt })
  }

  private trialsOf({ subject }: { subject: string }): Promise<TrialOfSubject[]> {
    return this.queries.execute(new TrialsOf(subject))
  }

  private idOf(request: string, trial: string): string {
    return this.journal.deriveEventId('erasure-consultation', request, trial)
  }

  private async load(consultation: string): Promise<ConsultationState> {
    return (await this.journal.load(consultationDecider(''), consultationStream(consultation))).state
  }
}
