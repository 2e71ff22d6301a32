import { join } from 'node:path'
import { NotFound } from '../../platform/errors.js'
import { type Role, ROLES } from '../roles.js'
import { readOrCreateSecretFile, replaceSecretFile } from '../../platform/secret-file.js'

/** What the evaluation data set can say about an account once its twins and trials exist. */
export interface AccountScope {
  org?: string
  site?: string
  trials?: readonly string[]
  /** The participant's own subject id. */
  subject?: string
}

/** A made-up person; nobody real stands behind it. */
export interface DemoAccount extends AccountScope {
  /** Also the OIDC subject and the client id. */
  name: string
  role: Role
  /** What the role is for, shown on the sign-in page. */
  description: string
}

export const DEMO_CLINIC = 'evaluation-clinic'
export const DEMO_SPONSOR = 'evaluation-sponsor'
/** Where the modeller works, once there are data to model on. */
export const DEMO_INSTITUTE = 'evaluation-institute'
export const DEMO_SITE = 'evaluation-site-1'

const DESCRIPTIONS: Record<Role, string> = {
  participant: 'sees the own twin, gives and withdraws consent',
  investigator: 'records and corrects data at a clinical site, asks for simulation runs',
  steward: 'brings data in and looks after its quality, without identities',
  modeller: 'runs models on coded twins whose consent allows it',
  sponsor: 'manages trials and sees their coded data',
  compliance: 'reviews uses and the audit trail, data protection',
  regulator: 'reads everything, changes nothing',
  administrator: 'runs the service, sees no data',
  qa: 'reviews processes and the audit trail',
  'randomisation-manager': 'holds the lists of arms of blinded trials, and no other role',
}

const SCOPES: Partial<Record<Role, AccountScope>> = {
  investigator: { org: DEMO_CLINIC, site: DEMO_SITE },
  steward: { org: DEMO_CLINIC, site: DEMO_SITE },
  sponsor: { org: DEMO_SPONSOR },
}

/** One account for each role, named after it. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = ROLES.map((role) => ({
  name: role,
  role,
  description: DESCRIPTIONS[role],
  ...SCOPES[role],
}))

/** The accounts, and what was assigned to them, which outlives a restart. */
export class DemoAccounts {
  private readonly path: string
  private assigned: Record<string, AccountScope>

  constructor(
    dataDirectory: string,
    private readonly accounts: readonly DemoAccount[] = DEMO_ACCOUNTS,
  ) {
    this.path = join(dataDirectory, 'account-scopes.json')
    this.assigned = JSON.parse(readOrCreateSecretFile(this.path, () => '{}')) as Record<string, AccountScope>
  }

  list(): readonly DemoAccount[] {
    return this.accounts.map((account) => ({ ...account, ...this.assigned[account.name] }))
  }

  find(name: string): DemoAccount | undefined {
    return this.list().find((account) => account.name === name)
  }

  /** @throws NotFound `account-unknown` */
  get(name: string): DemoAccount {
    const account = this.find(name)
    if (account === undefined) throw new NotFound('account-unknown', 'There is no such evaluation account.')
    return account
  }

  /** Gives an account an organisation, a site, trials or a subject; what is not named stays. Tokens issued from now on carry it. */
  assign(name: string, scope: AccountScope): void {
    const { name: known } = this.get(name)
    this.assigned = { ...this.assigned, [known]: { ...this.assigned[known], ...scope } }
    replaceSecretFile(this.path, JSON.stringify(this.assigned, null, 2))
  }
}

/** The claims about an account in its access tokens. */
export function accountClaims(account: DemoAccount): Record<string, unknown> {
  const { role, org, site, trials, subject } = account
  return { role, roles: [role], org, site, trials, twin_subject: subject }
}
