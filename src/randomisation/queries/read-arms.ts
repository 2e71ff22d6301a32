import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import { ArmsVault } from '../arms-vault.js'
import type { ArmAllocated } from '../events.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { allocationStream, participantsOf, type Randomised } from '../randomisation-state.js'

export interface OpenedArm {
  code: string
  /** Null once the person's record of the trial was erased. */
  arm: string | null
}

/**
 * The arms of participants, opened and recorded as read. Whoever asks has established that they are open to the reader; in the order
 * of the codes.
 */
export class ReadArms extends Query<OpenedArm[]> {
  constructor(
    readonly context: CommandContext,
    readonly trial: string,
    readonly codes: readonly string[],
  ) {
    super()
  }
}

@QueryHandler(ReadArms)
export class ReadArmsHandler implements IQueryHandler<ReadArms> {
  constructor(
    private readonly reader: RandomisationReader,
    private readonly journal: Journal,
    private readonly arms: ArmsVault,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `participant-not-randomised` */
  async execute({ context, trial, codes }: ReadArms): Promise<OpenedArm[]> {
    const { byCode } = participantsOf((await this.reader.read(trial)).state)
    const asked = codes.map((code) => byCode.get(code))
    if (!asked.every((one) => one !== undefined))
      throw new NotFound('participant-not-randomised', 'This participant was not randomised.')
    const { idempotencyKey: _key, ...once } = context
    const read = { trial, what: ['arm'], count: 1 }
    await this.access.openedAll(
      once,
      asked.map(({ subject }) => ({ subject, ...read })),
    )
    return this.opened(asked)
  }

  private async opened(asked: readonly Randomised[]): Promise<OpenedArm[]> {
    const streams = await this.journal.readMany(asked.map(({ allocation }) => allocationStream(allocation)))
    return Promise.all(
      asked.map(async ({ code, allocation }) => {
        const sealed = streams.get(allocationStream(allocation))?.[0]?.data as ArmAllocated['data'] | null | undefined
        return { code, arm: sealed ? await this.arms.openArm(allocation, sealed) : null }
      }),
    )
  }
}
