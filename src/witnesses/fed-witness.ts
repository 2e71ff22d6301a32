/** What the feed knows of one witness, and when it is its turn. */
import type { PolicyWitness } from '../ledger/log/witness-policy.js'
import { backoffMs } from './backoff.js'
import type { SubmissionOutcome } from './submit-checkpoint.js'

/** What a witness cosigned last. */
export interface LastCosigned {
  /** As the log signed it. */
  checkpoint: string
  size: number
  /** POSIX seconds. */
  time: number
}

export class FedWitness {
  /** `cosigned`, a contradiction, or the code of a failure; undefined before the first answer. */
  outcome: string | undefined
  private failures = 0
  private notBefore = 0
  private busy = false

  constructor(
    readonly witness: PolicyWitness,
    private cosigned: LastCosigned | null,
  ) {}

  /** Size it cosigned last, as far as is known. */
  get knownSize(): number {
    return this.cosigned?.size ?? 0
  }

  /**
   * Whether it is to be asked: it has not cosigned this checkpoint, or so long ago that it says nothing of today.
   *
   * @param now milliseconds
   */
  isDue(signed: string, now: number, refreshSeconds: number): boolean {
    if (this.busy || now < this.notBefore) return false
    return this.cosigned?.checkpoint !== signed || now / 1000 - this.cosigned.time >= refreshSeconds
  }

  begin(): void {
    this.busy = true
  }

  /** @param baseMs the interval between rounds */
  end(outcome: SubmissionOutcome, signed: string, size: number, now: number, baseMs: number): void {
    this.busy = false
    this.outcome = outcome.kind === 'failed' ? outcome.code : outcome.kind
    if (outcome.kind === 'cosigned') {
      this.cosigned = { checkpoint: signed, size, time: outcome.cosignature.time }
      this.failures = 0
      return
    }
    this.failures++
    this.notBefore = now + backoffMs(this.failures, baseMs, outcome.kind === 'failed' ? outcome.retryAfterMs : 0)
  }
}
