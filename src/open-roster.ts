/** Whom and what the ledger knows at its first start: those the operator names, or in evaluation mode the demo accounts and sources. */
import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { Authentication } from './authentication.js'
import { evaluationAccounts } from './evaluation/seed/evaluation-accounts.js'
import { registerEvaluationSources } from './evaluation/seed/evaluation-sources.js'
import { asService } from './journal/service-actor.js'
import { pseudonymousActorId } from './identity/caller.js'
import type { Configuration } from './platform/configuration.js'
import type { Log } from './platform/logging/log.js'
import { ChangeRoster } from './roster/commands/change-roster.js'
import { ReportFailedSignIn } from './roster/commands/report-failed-sign-in.js'
import { LiveRoster } from './roster/live-roster.js'
import type { RosterCommand } from './roster/roster.js'

/**
 * Before anybody is granted anything, somebody has to be able to grant. The people named in `ROSTER_FOUNDERS` enter an empty
 * roster, once and on record; what the setting says later changes nothing.
 */
export async function openRoster(
  app: INestApplicationContext,
  { founders }: Configuration,
  { issuer, issuerUrl, actorSecret }: Authentication,
  log: Log,
): Promise<void> {
  const named = founders.map(({ role, sub }) => ({ role, sub, scope: {} }))
  const first = issuer ? evaluationAccounts(issuer.accounts) : named
  const people = first.map(({ sub, role, scope }) => {
    return { actor: pseudonymousActorId(actorSecret, issuerUrl, sub), grant: randomUUID(), role, scope }
  })
  const open: RosterCommand = { do: 'open', basis: issuer ? 'evaluation' : 'configuration', people }
  const commands = app.get(CommandBus, { strict: false })
  if (people.length > 0) await commands.execute(new ChangeRoster(asService(), open))
  if (issuer) await registerEvaluationSources(commands, asService())
  issuer?.onFailedSignIn((account) => {
    const actor = pseudonymousActorId(actorSecret, issuerUrl, account)
    const report = new ReportFailedSignIn(asService(), { actor, factor: 'client-secret' })
    commands.execute(report).catch((error: unknown) => log.error('A failed sign-in could not be recorded.', { error }))
  })
  if (app.get(LiveRoster, { strict: false }).current.people.size === 0)
    log.warn('Nobody holds a role: name the first people in ROSTER_FOUNDERS.')
}
