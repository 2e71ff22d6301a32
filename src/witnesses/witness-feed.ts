/**
 * Has the newest checkpoint cosigned, in rounds: one checkpoint for all witnesses, so that enough of them meet at one. No append
 * waits for a round, and no round for a witness it does not need.
 */
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { Pool } from 'pg'
import { Counter, Registry } from 'prom-client'
import { SERVICE_POOL } from '../journal/journal.tokens.js'
import { type Checkpoint, parseCheckpoint } from '../ledger/log/checkpoint.js'
import type { LogSource } from '../ledger/log/log-source.js'
import { consistencyProof } from '../ledger/log/prove.js'
import { tileHashReader } from '../ledger/log/tile-hash-reader.js'
import type { WitnessPolicy } from '../ledger/log/witness-policy.js'
import { postgresLogSource } from '../ledger/postgres/log-source.js'
import { Configuration } from '../platform/configuration.js'
import { JsonLogger } from '../platform/logging/logger.js'
import { Shutdown } from '../platform/shutdown.js'
import { CosignatureStore } from './cosignature-store.js'
import { CosignedCheckpoints } from './cosigned-checkpoints.js'
import type { Contradiction } from './events.js'
import { FedWitness } from './fed-witness.js'
import { FeedLease } from './feed-lease.js'
import { submitCheckpoint, type SubmissionOutcome } from './submit-checkpoint.js'
import { WitnessRecord } from './witness-record.js'

/** One checkpoint on its way to all witnesses. */
interface Round extends Checkpoint {
  signed: string
  prove: (oldSize: number) => Promise<Buffer[]>
}

/** A cosignature is asked for anew when it is older than this part of what is allowed. */
const REFRESHES = 4

@Injectable()
export class WitnessFeed implements OnApplicationBootstrap {
  private fed: readonly FedWitness[] = []
  private readonly source: LogSource
  private readonly submissions: Counter<'witness' | 'outcome'>
  private readonly stopping = new AbortController()
  private readonly underWay = new Set<Promise<void>>()
  private round: Promise<void> | undefined

  constructor(
    private readonly cosigned: CosignedCheckpoints,
    private readonly store: CosignatureStore,
    private readonly lease: FeedLease,
    private readonly record: WitnessRecord,
    private readonly configuration: Configuration,
    private readonly log: JsonLogger,
    private readonly shutdown: Shutdown,
    @Inject(SERVICE_POOL) pool: Pool,
    metrics: Registry,
  ) {
    this.source = postgresLogSource(pool)
    this.submissions = new Counter({
      name: 'log_witness_submissions_total',
      help: 'Checkpoints sent to a witness, by what came of it.',
      labelNames: ['witness', 'outcome'],
      registers: [metrics],
    })
  }

  /** What came of the last submission to each witness, by its name in the policy. */
  outcomes(): ReadonlyMap<string, string | undefined> {
    return new Map(this.fed.map(({ witness, outcome }) => [witness.name, outcome]))
  }

  onApplicationBootstrap(): void {
    const begin = () => {
      this.round ??= this.runRound()
        .catch((error: unknown) => this.log.warn('A round of the witnesses failed; the next follows.', { error }))
        .finally(() => (this.round = undefined))
    }
    const timer = this.cosigned.policy && setInterval(begin, this.configuration.witnesses.intervalSeconds * 1000)
    begin()
    this.shutdown.onPhase('stop-accepting', 'witnesses', async () => {
      clearInterval(timer ?? undefined)
      this.stopping.abort()
      await this.round
      await Promise.all(this.underWay)
      if (this.cosigned.policy) await this.lease.release()
    })
  }

  private async runRound(): Promise<void> {
    const { policy } = this.cosigned
    // Also that there are no witnesses any more is on record.
    if (!policy) return this.record.note({ type: 'adopt-policy', policy: null })
    const since = await this.lease.hold()
    if (!since) return
    await this.record.note({ type: 'adopt-policy', policy: this.cosigned.policyFile() })
    if (this.fed.length === 0) this.fed = await this.known(policy)
    await this.feed(await this.nextRound())
    await this.judge(since)
  }

  private async known({ witnesses }: WitnessPolicy): Promise<FedWitness[]> {
    const kept = await this.store.all()
    return witnesses.map(
      (witness) => new FedWitness(witness, kept.find((each) => each.witness === witness.vkey) ?? null),
    )
  }

  private async nextRound(): Promise<Round> {
    const signed = await this.source.checkpoint()
    const checkpoint = parseCheckpoint(signed)
    const read = tileHashReader(checkpoint.size, (...tile) => this.source.tile(...tile))
    return { ...checkpoint, signed, prove: (oldSize) => consistencyProof(oldSize, checkpoint.size, read) }
  }

  /** Returns when enough have cosigned, or all have answered. */
  private async feed(round: Round): Promise<void> {
    const { alarmSeconds } = this.configuration.witnesses
    const due = this.fed.filter((fed) => fed.isDue(round.signed, Date.now(), alarmSeconds / REFRESHES))
    if (round.size === 0 || due.length === 0) return
    await new Promise<void>((enough) => {
      const submissions = due.map((fed) => this.submit(fed, round, enough))
      for (const submission of submissions) {
        this.underWay.add(submission)
        void submission.finally(() => this.underWay.delete(submission))
      }
      void Promise.all(submissions).then(() => enough())
    })
  }

  /** Never rejects: what goes wrong with one witness is no matter of the others. */
  private async submit(fed: FedWitness, round: Round, enough: () => void): Promise<void> {
    const { witness, knownSize } = fed
    const { signed, size, prove } = round
    fed.begin()
    let outcome: SubmissionOutcome = { kind: 'failed', code: 'internal', retryAfterMs: 0 }
    try {
      const answered = await submitCheckpoint({ witness, signed, knownSize, prove, signal: this.stopping.signal })
      await this.take(fed, round, answered)
      // Only now: what could not be kept is asked for again.
      outcome = answered
      if (outcome.kind === 'cosigned' && (await this.cosigned.newest())?.size === size) enough()
    } catch (error) {
      this.log.warn('A submission to a witness failed.', { witness: witness.name, error })
    } finally {
      fed.end(outcome, signed, size, Date.now(), this.configuration.witnesses.intervalSeconds * 1000)
      this.submissions.inc({ witness: witness.name, outcome: fed.outcome! })
    }
  }

  private async take({ witness }: FedWitness, round: Round, outcome: SubmissionOutcome): Promise<void> {
    const { name, keyId } = witness.verifier
    if (outcome.kind === 'cosigned') {
      await this.store.keep(round.signed, outcome.cosignature)
      await this.record.note({ type: 'note-cosigned', witness: name, keyId, size: round.size })
    } else if (outcome.kind !== 'failed' && (await this.isContradiction(outcome))) {
      const { kind: contradiction, witnessSize } = outcome
      const { size, root } = round
      const seen = { contradiction, size, root: root.toString('base64'), witnessSize }
      await this.record.note({ type: 'note-contradicted', witness: name, keyId, ...seen })
    }
  }

  /** A larger log is none to wonder about where ours has grown meanwhile, and another process submitted it. */
  private async isContradiction({ kind, witnessSize }: { kind: Contradiction; witnessSize: number }): Promise<boolean> {
    return kind === 'not-an-extension' || parseCheckpoint(await this.source.checkpoint()).size < witnessSize
  }

  /** @param since when there were first witnesses to ask */
  private async judge(since: Date): Promise<void> {
    const newest = await this.cosigned.newest()
    await this.store.dropNeedless(newest?.size ?? 0)
    const metUntil = new Date(Math.max(since.getTime(), (newest?.time ?? 0) * 1000)).toISOString()
    const limitSeconds = this.configuration.witnesses.alarmSeconds
    const now = new Date().toISOString()
    await this.record.note({ type: 'judge-quorum', metUntil, size: newest?.size ?? null, now, limitSeconds })
  }
}
