/** What every provider of key-encryption keys fails with; messages name no key material and repeat no answer. */
import { setTimeout as delay } from 'node:timers/promises'
import { IntegrityError, Unavailable } from '../../platform/errors.js'

const UNAVAILABLE = 'key-management-unavailable'

/** Not reached, or not able to answer now. Says nothing about any key. */
export function providerUnavailable(provider: string, reason: string, cause?: unknown): Unavailable {
  return new Unavailable(
    UNAVAILABLE,
    `The key management service does not answer (${provider}: ${reason}).`,
    { provider, reason },
    { cause },
  )
}

/** Reached, and it does not do this for us: credentials, permissions or the key itself are wrong. */
export function providerRefused(provider: string, reason: string): Unavailable {
  return new Unavailable(
    'key-management-refused',
    `The key management service refuses (${provider}: ${reason}): check its credentials, their permissions and the name of the key.`,
    { provider, reason },
  )
}

/** The ciphertext was altered, belongs to another data key, or was wrapped under another key. */
export function unwrapFailed(wrappedBy: string): IntegrityError {
  return new IntegrityError(
    'key-unwrap-failed',
    'A data key cannot be unwrapped with the configured key-encryption keys.',
    {
      wrappedBy,
    },
  )
}

export interface Retries {
  /** In all. */
  attempts: number
  /** Before the second attempt, in milliseconds; doubles each time, and half of it is left to chance. */
  firstPauseMs: number
}

/** Tries again while the provider is unavailable; every other failure is final. */
export async function withRetries<T>({ attempts, firstPauseMs }: Retries, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      const mayPass = error instanceof Unavailable && error.code === UNAVAILABLE
      if (!mayPass || tried >= attempts) throw error
      const pause = firstPauseMs * 2 ** (tried - 1)
      await delay(pause / 2 + (Math.random() * pause) / 2)
    }
  }
}
