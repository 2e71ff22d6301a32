/** The log's checkpoints with what witnesses cosigned, as the log serves them. */
import { Inject, Injectable } from '@nestjs/common'
import { withCosignatures } from '../ledger/log/cosigned.js'
import { formatWitnessPolicy, quorumTime, type WitnessPolicy } from '../ledger/log/witness-policy.js'
import { CosignatureStore, type KeptCosignature } from './cosignature-store.js'
import { WITNESS_POLICY } from './witnesses.tokens.js'

/** A checkpoint that enough witnesses cosigned. */
export interface CosignedCheckpoint {
  size: number
  /** As the log signed it, and behind that the cosignatures. */
  signed: string
  /** When it had enough, POSIX seconds: the newest of them may be later. */
  time: number
}

/**
 * The largest checkpoint that the policy is met for.
 *
 * @param kept the largest trees first
 */
export function pickCosigned(
  { quorum, witnesses }: WitnessPolicy,
  kept: readonly KeptCosignature[],
): CosignedCheckpoint | null {
  const trusted = new Set(witnesses.map(({ vkey }) => vkey))
  const byCheckpoint = new Map<string, KeptCosignature[]>()
  for (const each of kept.filter(({ witness }) => trusted.has(witness)))
    byCheckpoint.set(each.checkpoint, [...(byCheckpoint.get(each.checkpoint) ?? []), each])
  for (const [checkpoint, own] of byCheckpoint) {
    const times = new Map(own.map(({ witness, time }) => [witness, time]))
    const time = quorumTime(quorum, ({ vkey }) => times.get(vkey))
    if (!Number.isFinite(time)) continue
    return {
      size: own[0]!.size,
      signed: withCosignatures(
        checkpoint,
        own.map(({ signature }) => signature),
      ),
      time,
    }
  }
  return null
}

@Injectable()
export class CosignedCheckpoints {
  constructor(
    @Inject(WITNESS_POLICY) readonly policy: WitnessPolicy | null,
    private readonly store: CosignatureStore,
  ) {}

  /** Null without witnesses, and before the policy was first met. */
  async newest(): Promise<CosignedCheckpoint | null> {
    return this.policy && pickCosigned(this.policy, await this.store.all())
  }

  /** The checkpoint with the cosignatures there are of it, be they enough or not. */
  async annotated(signed: string): Promise<string> {
    if (!this.policy) return signed
    const trusted = new Set(this.policy.witnesses.map(({ vkey }) => vkey))
    const own = (await this.store.all()).filter(
      ({ witness, checkpoint }) => checkpoint === signed && trusted.has(witness),
    )
    return withCosignatures(
      signed,
      own.map(({ signature }) => signature),
    )
  }

  /** The policy as verifiers may be given it; null without one. */
  policyFile(): string | null {
    return this.policy && formatWitnessPolicy(this.policy)
  }
}
