import { DEMO_ACCOUNTS } from './identity/evaluation-issuer/accounts.js'
import type { Configuration } from './platform/configuration.js'

/** What a person needs to know once the service is up. */
export function startBanner({ publicUrl, evaluation, dataDirectory }: Configuration): string {
  const lines = [
    '',
    '  Twin Ledger is ready.',
    '',
    `  Console        ${publicUrl}/console/`,
    `  API            ${publicUrl}/api/docs`,
    `  Log            ${publicUrl}/log/checkpoint   (verifier key: ${publicUrl}/log/vkey)`,
    `  Data           ${dataDirectory}`,
  ]
  if (evaluation)
    lines.push(
      '',
      '  This is an evaluation: made-up patients and demo accounts, reachable from this machine alone.',
      `  Sign in        choose an account on the sign-in page: ${DEMO_ACCOUNTS.map(({ name }) => name).join(', ')}`,
      '  On the command line: npm run -s cli -- token regulator',
    )
  return `${lines.join('\n')}\n\n`
}
