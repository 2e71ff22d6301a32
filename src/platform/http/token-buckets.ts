/** What is left of a quota once a request was counted. */
export interface Allowance {
  allowed: boolean
  /** Whole requests left at once. */
  remaining: number
  /** Seconds until the quota is whole again, rounded up. */
  resetSeconds: number
  /** Seconds until the next request will be allowed, rounded up; 0 when it is now. */
  retryAfterSeconds: number
}

interface Bucket {
  tokens: number
  /** Milliseconds of the clock when `tokens` was right. */
  at: number
}

/** More keys than this are never remembered: the one that was seen longest ago starts afresh. */
const MOST_KEYS = 50_000

/**
 * One token bucket a key: each starts with `quota` tokens and gets that many back, evenly, in `windowSeconds`. In the memory of this
 * process alone, so each of several processes grants the quota.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>()

  /** @param now milliseconds of a clock that never runs backwards */
  constructor(
    readonly quota: number,
    readonly windowSeconds: number,
    private readonly now: () => number = () => performance.now(),
    private readonly mostKeys = MOST_KEYS,
  ) {}

  /** Counts one request of `key` where its quota allows one. */
  take(key: string): Allowance {
    const perSecond = this.quota / this.windowSeconds
    const at = this.now()
    const known = this.buckets.get(key)
    const tokens = known ? Math.min(this.quota, known.tokens + ((at - known.at) / 1000) * perSecond) : this.quota
    const allowed = tokens >= 1
    const left = allowed ? tokens - 1 : tokens
    this.keep(key, { tokens: left, at })
    return {
      allowed,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil((this.quota - left) / perSecond),
      retryAfterSeconds: allowed ? 0 : Math.ceil((1 - left) / perSecond),
    }
  }

  /** A map keeps the order of insertion, so its first key is the one seen longest ago. */
  private keep(key: string, bucket: Bucket): void {
    this.buckets.delete(key)
    this.buckets.set(key, bucket)
    if (this.buckets.size <= this.mostKeys) return
    const [oldest] = this.buckets.keys()
    this.buckets.delete(oldest!)
  }
}
