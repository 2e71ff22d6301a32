import { readWitnessPolicyFile } from '../ledger/log/witness-policy-file.js'
import type { WitnessPolicy } from '../ledger/log/witness-policy.js'
import { ConfigurationError } from '../platform/errors.js'

/**
 * The policy of `LOG_WITNESSES`, for this log.
 *
 * @param vkey of the log; the policy names it, or names no log
 * @throws ConfigurationError as `readWitnessPolicyFile` does; or it is for another log, asks for no witness, or lacks an address
 */
export async function configuredPolicy(file: string, vkey: string): Promise<WitnessPolicy> {
  const policy = await readWitnessPolicyFile(file)
  const unusable = (why: string) => new ConfigurationError(`The witness policy cannot be used. ${why}`, { file })
  if (policy.logs.length > 0 && !policy.logs.includes(vkey)) throw unusable('It is for another log.')
  if (policy.quorum.kind === 'none') throw unusable('It asks for no witness; leave LOG_WITNESSES unset instead.')
  for (const { name, url = '' } of policy.witnesses)
    if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
      throw unusable(`The witness ${name} has no http or https address.`)
  return { ...policy, logs: [vkey] }
}
