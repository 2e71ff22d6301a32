import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Conflict } from '../../platform/errors.js'
import { EnrolmentOf } from '../../trials/queries/enrolment-of.js'
import { GetTrial } from '../../trials/queries/get-trial.js'
import { allocationNumberFrom } from '../allocation-number.js'
import { ArmsVault } from '../arms-vault.js'
import { nextPlace } from '../randomisation.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { allocationStream, participantsOf, type RandomisationState } from '../randomisation-state.js'
import { RandomisationWriter, type Joint } from '../randomisation-writer.js'

/** The same for every arm. */
export interface AllocationReceipt {
  trial: string
  code: string
  number: string
  /** Null when the participant had been randomised by the same request before. */
  position: number | null
}

/** Gives an enrolled participant the next place of the list, and a number that says nothing about it. */
export class RandomiseParticipant extends Command<AllocationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; code: string },
  ) {
    super()
  }
}

/** So many numbers are drawn: in a trial of ten thousand all are taken once in 90⁴, about 6.6 × 10⁷, participants (10⁴ of 9 × 10⁵ numbers). */
const DRAWN = 4

@CommandHandler(RandomiseParticipant)
export class RandomiseParticipantHandler implements ICommandHandler<RandomiseParticipant> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly reader: RandomisationReader,
    private readonly arms: ArmsVault,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /**
   * Whatever the arm, the same steps are taken and as much is written.
   *
   * @throws NotFound `trial-not-found`, `enrolment-not-found`
   * @throws Conflict `trial-closed`, `subject-withdrawn`, `participant-randomised`, `randomisation-list-exhausted`,
   *   `arms-not-designed`, `data-locked`
   */
  async execute({ context, change: { trial, code } }: RandomiseParticipant): Promise<AllocationReceipt> {
    const { subject, site, status } = await this.queries.execute(new EnrolmentOf(trial, code))
    if (status === 'withdrawn') throw new Conflict('subject-withdrawn', 'This person was withdrawn from the trial.')
    if ((await this.queries.execute(new GetTrial(trial))).status === 'closed')
      throw new Conflict('trial-closed', 'This trial is closed.')
    const [allocation, ...drawn] = this.draw(context, trial, code)
    const asked = { code, site, allocation: allocation!, numbers: drawn.map(allocationNumberFrom) }
    const receipt = await this.writer.joint(context, { trial, subject }, (state) =>
      participantsOf(state).byCode.get(code)?.allocation === allocation
        ? Promise.resolve(null)
        : this.allocated(trial, subject, asked, state),
    )
    const { number } = participantsOf((await this.reader.read(trial)).state).byCode.get(code)!
    return { trial, code, number, position: receipt?.position ?? null }
  }

  private async allocated(
    trial: string,
    subject: string,
    asked: { code: string; site: string; allocation: string; numbers: readonly string[] },
    state: RandomisationState,
  ): Promise<Joint> {
    const { allocation, site } = asked
    const arm = await this.arms.armAt(trial, state.lists, nextPlace(state, site))
    const data = await this.arms.sealArm(trial, allocation, arm)
    const event = { type: 'randomisation.arm-allocated', data } as const
    const entries = [{ event, subject, trial }]
    const beside = { stream: allocationStream(allocation), expectedRevision: 'no-stream', entries } as const
    return { command: { type: 'randomise', ...asked }, beside }
  }

  /** Random ids; with an Idempotency-Key the same again, because they are part of what is repeated. */
  private draw({ idempotencyKey: key, actor }: CommandContext, trial: string, code: string): string[] {
    return Array.from({ length: 1 + DRAWN }, (_, draw) =>
      key === undefined
        ? randomUUID()
        : this.journal.deriveEventId('allocation', actor.id, key, trial, code, String(draw)),
    )
  }
}
