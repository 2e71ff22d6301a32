/** What `log verify` demands of witnesses, and how it tells of them. */
import { type Command, InvalidArgumentError } from 'commander'
import { cosignedCheckpoint, type WitnessedCheckpoint } from '../ledger/log/cosigned-checkpoint.js'
import type { PublishedLog } from '../ledger/log/log-source.js'
import { readWitnessPolicyFile } from '../ledger/log/witness-policy-file.js'
import { thresholdPolicy, type WitnessPolicy } from '../ledger/log/witness-policy.js'
import { ConfigurationError } from '../platform/errors.js'

export interface WitnessOptions {
  vkey: string
  origin?: string
  witness?: string[]
  witnessQuorum?: number
  witnessPolicy?: string
  /** Hours. */
  witnessMaxAge: number
}

export function addWitnessOptions(command: Command): void {
  command
    .option('--witness <vkey...>', 'verifier key of a witness you trust: demand its cosignature')
    .option('--witness-quorum <k>', 'how many of those witnesses suffice (default: all)', toCount)
    .option('--witness-policy <file>', 'instead of both: whom to trust, as a policy file (C2SP tlog-policy)')
    .option('--witness-max-age <hours>', 'how old enough cosignatures may be', toHours, 24)
}

/** The checkpoint that meets what is demanded; null when no witness is. @throws ConfigurationError, and as `cosignedCheckpoint` does */
export async function demandedWitnesses(
  source: PublishedLog,
  options: WitnessOptions,
): Promise<WitnessedCheckpoint | null> {
  const policy = await demandedPolicy(options)
  if (!policy) return null
  const { vkey, origin, witnessMaxAge } = options
  const now = Math.floor(Date.now() / 1000)
  return cosignedCheckpoint(source, { vkey, origin, policy, maxAgeSeconds: witnessMaxAge * 3600, now })
}

async function demandedPolicy(options: WitnessOptions): Promise<WitnessPolicy | null> {
  const { vkey, witness, witnessQuorum, witnessPolicy } = options
  if (witnessPolicy === undefined) {
    if (witness) return thresholdPolicy(witness, witnessQuorum ?? witness.length)
    if (witnessQuorum !== undefined) throw new ConfigurationError('--witness-quorum needs --witness.')
    return null
  }
  if (witness ?? witnessQuorum)
    throw new ConfigurationError('--witness-policy stands for --witness and --witness-quorum.')
  const policy = await readWitnessPolicyFile(witnessPolicy)
  if (policy.logs.length > 0 && !policy.logs.includes(vkey))
    throw new ConfigurationError('The witness policy is for another log.', { file: witnessPolicy })
  return policy
}

export function describeCosignatures({ checkpoint, cosignatures }: WitnessedCheckpoint): string {
  const lines = cosignatures.map(
    ({ witness, time }) => `    ${new Date(time * 1000).toISOString()} ${witness.verifier.name}\n`,
  )
  return `  cosigned at ${checkpoint.size} entries by ${cosignatures.length} of the witnesses named\n${lines.join('')}`
}

function toCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a number from 1 on.')
  return Number(text)
}

function toHours(text: string): number {
  const hours = Number(text)
  if (!(hours > 0)) throw new InvalidArgumentError('It is a number of hours.')
  return hours
}
