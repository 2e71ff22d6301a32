import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { PrivacyClock } from '../../privacy/clock.js'
import { DecideExpiry } from '../../privacy/commands/decide-expiry.js'
import type { RetainedClass } from '../../privacy/forgetting/events.js'
import { isOver, termsOf } from '../duties.js'
import { nothingDue, openCases, retentionCaseDecider, retentionStream } from '../retention-case.js'
import { RetentionClocks } from '../retention-clocks.js'

export interface ExpiryReceipt {
  erasure: string
  position: number | null
}

/** Decides on the erasure of what is due of one person; two other persons confirm and execute it. */
export class DecideExpired extends Command<ExpiryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    /** What stays of the person, on an exception of Art 17(3). */
    readonly retained: readonly RetainedClass[],
  ) {
    super()
  }
}

@CommandHandler(DecideExpired)
export class DecideExpiredHandler implements ICommandHandler<DecideExpired> {
  constructor(
    private readonly journal: Journal,
    private readonly clocks: RetentionClocks,
    private readonly commands: CommandBus,
    private readonly clock: PrivacyClock,
  ) {}

  /**
   * The erasure is decided first and is the same when it is repeated.
   *
   * @throws Conflict `retention-nothing-due`: no case is open, or its clock was started anew since
   * @throws Conflict `legal-hold-active`, `erasure-under-way`; InvalidRequest `erasure-decision-incomplete`
   */
  async execute({ context, subject, retained }: DecideExpired): Promise<ExpiryReceipt> {
    const { idempotencyKey: _key, ...once } = context
    const stream = retentionStream(subject)
    const open = openCases((await this.journal.load(retentionCaseDecider, stream)).state)
    const [first] = open
    const duties = (await this.clocks.dutiesOf([subject])).get(subject)!
    const over = termsOf(duties).filter((term) => isOver(term, this.clock.now()))
    const classes = open.map(({ keyClass }) => keyClass)
    if (!first || !classes.every((keyClass) => over.some((term) => term.keyClass === keyClass))) throw nothingDue()
    const erasure = this.journal.deriveEventId('erasure', first.case)
    await this.commands.execute(new DecideExpiry(once, { subject, erasure, case: first.case, classes, retained }))
    const { events } = await this.journal.execute(once, {
      stream,
      decider: retentionCaseDecider,
      command: { type: 'decide', erasure },
      subject,
    })
    return { erasure, position: events.at(-1)?.position ?? null }
  }
}
