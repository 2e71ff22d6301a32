import { randomUUID } from 'node:crypto'
import type { DemoAccounts } from '../../identity/evaluation-issuer/accounts.js'
import { pseudonymousActorId } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'

/** Who does things in the evaluation data set: the demo accounts, under the ids they have when they sign in. */
export class DemoActors {
  constructor(
    readonly accounts: DemoAccounts,
    private readonly issuerUrl: string,
    private readonly actorSecret: Uint8Array,
  ) {}

  /** A context of its own request, as the account. */
  as(account: string, more: Partial<CommandContext> = {}): CommandContext {
    const { role, org } = this.accounts.get(account)
    const id = pseudonymousActorId(this.actorSecret, this.issuerUrl, account)
    return { actor: { id, role, ...(org !== undefined && { org }) }, correlation: randomUUID(), ...more }
  }
}
