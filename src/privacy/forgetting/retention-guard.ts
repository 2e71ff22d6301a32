/** The law may begin to keep data after their erasure was decided: it is asked again before the first key goes. */
import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { KeptByLaw } from '../../retention/queries/kept-by-law.js'
import type { KeyClass } from '../../vault/key-class.js'
import { PrivacyClock } from '../clock.js'
import { RequestJournal } from '../requests/request-journal.js'
import { ForgettingJournal } from './forgetting-journal.js'
import type { Erasure } from './forgetting-state.js'

type WithdrawableErasure = Pick<Erasure, 'erasure' | 'request' | 'classes'> & { subject: string }

@Injectable()
export class RetentionGuard {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly requests: RequestJournal,
    private readonly queries: QueryBus,
    private readonly clock: PrivacyClock,
    private readonly projections: ProjectionEngine,
  ) {}

  /** @throws Conflict `retention-period-running`, with what is kept, by which law and until when */
  async mustNotBeKept(subject: string, classes: readonly KeyClass[]): Promise<void> {
    const terms = await this.queries.execute(new KeptByLaw(subject, this.clock.now()))
    const kept = terms.filter(({ keyClass }) => classes.includes(keyClass))
    if (kept.length > 0)
      throw new Conflict('retention-period-running', 'The law keeps data that were to be erased.', { kept })
  }

  /**
   * As `mustNotBeKept`, for an erasure that is about to be executed: where the law keeps something by now, the erasure is stopped
   * and its request opened again, to be decided anew.
   */
  async mustStillNotBeKept(context: CommandContext, subject: string, { erasure, classes, request }: Erasure) {
    await this.projections.waitPatiently()
    try {
      await this.mustNotBeKept(subject, classes)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      const { kept } = error.details as { kept: { keyClass: KeyClass }[] }
      // The request first: were this interrupted in between, the next sweep would stop the erasure.
      await this.reopen(context, subject, request)
      const stop = { type: 'stop-erasure', erasure, kept: kept.map(({ keyClass }) => keyClass) } as const
      await this.forgetting.record(context, subject, stop)
      throw error
    }
  }

  /**
   * Stops an erasure whose request was opened again before it could be stopped, whatever the law keeps by now: it is decided anew.
   *
   * @returns whether there was anything to stop
   */
  async stopIfWithdrawn(context: CommandContext, erasure: WithdrawableErasure): Promise<boolean> {
    if (!(await this.isWithdrawn(erasure))) return false
    const terms = await this.queries.execute(new KeptByLaw(erasure.subject, this.clock.now()))
    const kept = terms.map(({ keyClass }) => keyClass).filter((keyClass) => erasure.classes.includes(keyClass))
    const stop = { type: 'stop-erasure', erasure: erasure.erasure, kept } as const
    return (await this.forgetting.record(context, erasure.subject, stop)).revision !== null
  }

  private async isWithdrawn({ request, erasure }: WithdrawableErasure): Promise<boolean> {
    try {
      return (await this.requests.existing(request)).withdrawnErasure === erasure
    } catch (error) {
      // What fell due by itself has no request.
      if (!(error instanceof NotFound)) throw error
      return false
    }
  }

  private async reopen(context: CommandContext, subject: string, request: string): Promise<void> {
    const command = { type: 'reopen', because: 'retention-duty' } as const
    try {
      await this.requests.record(context, { request, subject }, command)
    } catch (error) {
      // What fell due by itself rests on a case of retention, which is found anew.
      if (!(error instanceof NotFound)) throw error
    }
  }
}
