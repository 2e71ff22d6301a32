/** Following the log: history first, then what arrives. Positions are dense and commit in order, so a position is enough. */
import { IntegrityError } from '../../platform/errors.js'
import type { StoredEvent } from '../event.js'
import type { SubscribeOptions } from '../event-store.js'
import { mayPass } from './failures.js'
import type { Follower, SharedReads } from './shared-reads.js'

const DEFAULT_BATCH = 500
/** How soon events of other processes are seen; those of this one wake the subscriber at once. */
const POLL_MS = 200
const LONGEST_BACKOFF_MS = 5_000

/** Wakes everyone who waits for the next commit of this process. */
export class CommitSignal {
  private readonly waiters = new Set<() => void>()

  notify(): void {
    for (const wake of this.waiters) wake()
  }

  /** Resolves at the next commit, after `timeoutMs`, or when `signal` aborts. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.waiters.delete(done)
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      signal.addEventListener('abort', done, { once: true })
      this.waiters.add(done)
    })
  }
}

/**
 * Batches from `from` on, until aborted. A lost database is waited for; nothing is skipped.
 *
 * @throws IntegrityError `log-has-a-hole` when a position is missing: an alarm, never a guess; any other error that no
 *   waiting mends
 */
export async function* follow(
  reads: SharedReads,
  commits: CommitSignal,
  options: SubscribeOptions,
): AsyncGenerator<StoredEvent[]> {
  const follower: Follower = { next: options.from }
  reads.join(follower)
  try {
    yield* batches(reads, follower, commits, options)
  } finally {
    reads.leave(follower)
  }
}

async function* batches(
  reads: SharedReads,
  follower: Follower,
  commits: CommitSignal,
  { batch: limit = DEFAULT_BATCH, payloads, signal }: SubscribeOptions,
): AsyncGenerator<StoredEvent[]> {
  let backoff = POLL_MS
  while (!signal.aborted) {
    let events: StoredEvent[]
    try {
      events = await reads.readAll({ from: follower.next, limit, payloads })
      backoff = POLL_MS
    } catch (error) {
      // A log that contradicts itself, or that we may not read, does not heal by waiting.
      if (!mayPass(error)) throw error
      await commits.wait(backoff, signal)
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)
      continue
    }
    if (events.length === 0) {
      await commits.wait(POLL_MS, signal)
      continue
    }
    events.forEach(({ position }, index) => {
      const expected = follower.next + index
      if (position !== expected)
        throw new IntegrityError('log-has-a-hole', `Position ${expected} of the log is missing.`, {
          position: expected,
        })
    })
    follower.next += events.length
    yield events
  }
}
