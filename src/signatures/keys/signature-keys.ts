/** Pure: which keys stand behind signatures, since when, and up to where what they signed is trusted. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../../platform/errors.js'
import type { PublicSignatureKey, SignatureKeyEvent } from '../events.js'

/** Random, fixed for ever. */
export const SIGNATURE_KEYS_STREAM = 'signature-keys-1f6a0c37-8f0b-4f0e-9a41-6d2f8c1b7e55'

/** Signatures that were under way when a key was replaced are still recorded. */
export const OVERLAP_MS = 60_000

/** Positions of the log and times of its entries. */
export interface KeyValidity {
  activatedPosition: number
  activatedAt: string
  /** When another key took over; null while it signs. */
  retiredAt: string | null
  /** What lies at this position or later is not trusted; null for a key that was never revoked. */
  revokedFromPosition: number | null
  revocationReason: string | null
}

export type SignatureKey = PublicSignatureKey & { validity: KeyValidity }

export interface SignatureKeys {
  keys: ReadonlyMap<string, SignatureKey>
  /** The key that signs now. */
  active: string | null
}

export const KEY_REVOCATION_REASONS = ['key-compromised', 'key-lost', 'service-retired'] as const
export type KeyRevocationReason = (typeof KEY_REVOCATION_REASONS)[number]

export type SignatureKeyCommand =
  | { do: 'activate'; key: PublicSignatureKey }
  /** `replacement` when the key in use is revoked: there is always one to sign with. */
  | { do: 'revoke'; kid: string; fromPosition: number; head: number; replacement: PublicSignatureKey }

export const signatureKeysDecider: Decider<SignatureKeys, SignatureKeyCommand, SignatureKeyEvent> = {
  initial: { keys: new Map(), active: null },

  evolve({ keys, active }, { type, data }, { position, recordedAt, reason }) {
    const next = new Map(keys)
    const change = (kid: string, validity: Partial<KeyValidity>) => {
      const key = next.get(kid)
      if (key) next.set(kid, { ...key, validity: { ...key.validity, ...validity } })
    }
    if (type === 'signature-key.revoked') {
      change(data.kid, { revokedFromPosition: data.fromPosition, revocationReason: reason ?? null })
      return { keys: next, active }
    }
    if (data.replaces !== null) change(data.replaces, { retiredAt: recordedAt })
    const validity = {
      activatedPosition: position,
      activatedAt: recordedAt,
      retiredAt: null,
      revokedFromPosition: null,
      revocationReason: null,
    }
    next.set(data.key.kid, { ...data.key, validity })
    return { keys: next, active: data.key.kid }
  },

  /**
   * @throws NotFound `signature-key-not-found`; Conflict `signature-key-revoked-already`, `signature-key-known`
   * @throws InvalidRequest `position-in-future`
   */
  decide(state, command) {
    if (command.do === 'activate') return activate(state, command.key)
    const { kid, fromPosition, head, replacement } = command
    const key = state.keys.get(kid)
    if (!key) throw new NotFound('signature-key-not-found', 'No such key ever signed here.')
    if (key.validity.revokedFromPosition !== null)
      throw new Conflict('signature-key-revoked-already', 'The key is revoked.')
    if (fromPosition > head)
      throw new InvalidRequest('position-in-future', 'The log has not come so far.', { size: head })
    const revoked = { type: 'signature-key.revoked', data: { kid, fromPosition } } as const
    return state.active === kid ? [revoked, ...activate(state, replacement)] : [revoked]
  },
}

function activate({ keys, active }: SignatureKeys, key: PublicSignatureKey): SignatureKeyEvent[] {
  if (active === key.kid) return []
  if (keys.has(key.kid)) throw new Conflict('signature-key-known', 'A key that was replaced is not used again.')
  return [{ type: 'signature-key.activated', data: { key, replaces: active } }]
}

/** Whether what lies at this position, recorded at this time, is trusted under the key. */
export function inForce({ validity }: SignatureKey, position: number, recordedAt: string): boolean {
  const { activatedPosition, retiredAt, revokedFromPosition } = validity
  const tooLate = retiredAt !== null && Date.parse(recordedAt) > Date.parse(retiredAt) + OVERLAP_MS
  return position > activatedPosition && !tooLate && (revokedFromPosition === null || position < revokedFromPosition)
}
