import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { FailedSignIns, FAILURES_THAT_LOCK } from '../failed-sign-ins.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { ChangeRoster } from './change-roster.js'

/**
 * Somebody failed to prove who they are, at a door that asked this account alone: the issuer's sign-in, or the step-up of
 * somebody whose token is good. Never for a token that does not verify: it proves nobody, and anybody could send it to lock
 * somebody out.
 *
 * @returns whether the account was locked by it
 */
export class ReportFailedSignIn extends Command<boolean> {
  constructor(
    readonly context: CommandContext,
    readonly failure: { actor: string; factor: 'client-secret' | 'step-up' },
  ) {
    super()
  }
}

@CommandHandler(ReportFailedSignIn)
export class ReportFailedSignInHandler implements ICommandHandler<ReportFailedSignIn> {
  constructor(
    private readonly commands: CommandBus,
    private readonly failed: FailedSignIns,
    private readonly alerts: SecurityAlerts,
  ) {}

  async execute({ context, failure: { actor, factor } }: ReportFailedSignIn): Promise<boolean> {
    const failures = this.failed.note(actor)
    if (failures < FAILURES_THAT_LOCK) return false
    const { events } = await this.commands.execute(new ChangeRoster(context, { do: 'lock', actor, factor, failures }))
    if (events.length === 0) return false
    this.alerts.raise('account-locked', { actor, factor, failures })
    return true
  }
}
