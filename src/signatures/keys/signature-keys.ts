/** Pure: which keys stand behind signatures, since when, and up to where what they signed is trusted. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../../platform/errors.js'
import type { PublicSignatureKey, SignatureKeyBackdatingDecided, SignatureKeyEvent } from '../events.js'

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

/** A request to distrust what a key signed already, and what somebody else said to it. Ids of actors are pseudonymous. */
export interface Backdating {
  backdating: string
  kid: string
  fromPosition: number
  reason: string
  requestedBy: string
  requestedAt: string
  /** Signatures that held when it was asked for. */
  voids: number
  decision?: { outcome: 'approved' | 'refused'; by: string; at: string; voids: number }
}

export interface SignatureKeys {
  keys: ReadonlyMap<string, SignatureKey>
  /** The key that signs now. */
  active: string | null
  backdatings: ReadonlyMap<string, Backdating>
}

export const KEY_REVOCATION_REASONS = ['key-compromised', 'key-lost', 'service-retired'] as const
export type KeyRevocationReason = (typeof KEY_REVOCATION_REASONS)[number]

export type SignatureKeyCommand =
  | { do: 'activate'; key: PublicSignatureKey }
  /** From the head of the log on. `replacement` when the key in use is revoked: there is always one to sign with. */
  | { do: 'revoke'; kid: string; head: number; replacement: PublicSignatureKey }
  | { do: 'request-backdating'; backdating: string; kid: string; fromPosition: number; head: number; voids: number }
  | ({ do: 'decide-backdating'; replacement: PublicSignatureKey; by: string } & SignatureKeyBackdatingDecided['data'])

export const signatureKeysDecider: Decider<SignatureKeys, SignatureKeyCommand, SignatureKeyEvent> = {
  initial: { keys: new Map(), active: null, backdatings: new Map() },

  evolve(state, { type, data }, { position, recordedAt, reason, actor }) {
    const { keys, backdatings } = state
    const changed = (kid: string, validity: Partial<KeyValidity>) => {
      const key = keys.get(kid)
      return key ? new Map([...keys, [kid, { ...key, validity: { ...key.validity, ...validity } }]]) : new Map(keys)
    }
    const backdated = (one: Backdating) => new Map([...backdatings, [one.backdating, one]])
    switch (type) {
      case 'signature-key.revoked': {
        const revoked = { revokedFromPosition: data.fromPosition, revocationReason: reason ?? null }
        return { ...state, keys: changed(data.kid, revoked) }
      }
      case 'signature-key.activated': {
        const next = data.replaces === null ? new Map(keys) : changed(data.replaces, { retiredAt: recordedAt })
        next.set(data.key.kid, {
          ...data.key,
          validity: { ...UNREVOKED, activatedPosition: position, activatedAt: recordedAt },
        })
        return { ...state, keys: next, active: data.key.kid }
      }
      case 'signature-key.backdating-requested': {
        const asked = { ...data, reason: reason!, requestedBy: actor.id, requestedAt: recordedAt }
        return { ...state, backdatings: backdated(asked) }
      }
      case 'signature-key.backdating-decided': {
        const { backdating, ...decision } = data
        const asked = backdatings.get(backdating)
        if (!asked) return state
        return {
          ...state,
          backdatings: backdated({ ...asked, decision: { ...decision, by: actor.id, at: recordedAt } }),
        }
      }
    }
  },

  /**
   * @throws NotFound `signature-key-not-found`, `signature-key-backdating-not-found`
   * @throws Conflict `signature-key-revoked-already`, `signature-key-known`, `signature-key-backdating-pending`,
   *   `signature-key-backdating-decided`, `own-signature-key-backdating`
   * @throws InvalidRequest `position-in-future`
   */
  decide(state, command) {
    switch (command.do) {
      case 'activate':
        return activate(state, command.key)
      case 'revoke':
        return revoke(state, { ...command, fromPosition: command.head })
      case 'request-backdating':
        return requestBackdating(state, command)
      case 'decide-backdating':
        return decideBackdating(state, command)
    }
  },
}

const UNREVOKED = { retiredAt: null, revokedFromPosition: null, revocationReason: null }

/** A key that was revoked can be revoked from an earlier position, never from a later one. */
function revoke(
  state: SignatureKeys,
  { kid, fromPosition, replacement }: { kid: string; fromPosition: number; replacement: PublicSignatureKey },
): SignatureKeyEvent[] {
  mustBeTrusted(state, kid, fromPosition)
  const revoked = { type: 'signature-key.revoked', data: { kid, fromPosition } } as const
  return state.active === kid ? [revoked, ...activate(state, replacement)] : [revoked]
}

/** @throws NotFound `signature-key-not-found`; Conflict `signature-key-revoked-already` */
function mustBeTrusted({ keys }: SignatureKeys, kid: string, position: number): void {
  const key = keys.get(kid)
  if (!key) throw new NotFound('signature-key-not-found', 'No such key ever signed here.')
  const { revokedFromPosition: revoked } = key.validity
  if (revoked !== null && revoked <= position)
    throw new Conflict('signature-key-revoked-already', 'The key is revoked from there on.')
}

function requestBackdating(
  state: SignatureKeys,
  { backdating, kid, fromPosition, head, voids }: Extract<SignatureKeyCommand, { do: 'request-backdating' }>,
): SignatureKeyEvent[] {
  mustBeTrusted(state, kid, fromPosition)
  if (fromPosition > head)
    throw new InvalidRequest('position-in-future', 'The log has not come so far.', { size: head })
  if ([...state.backdatings.values()].some((asked) => asked.kid === kid && !asked.decision))
    throw new Conflict('signature-key-backdating-pending', 'It was asked for this key, and nobody has decided yet.')
  return [{ type: 'signature-key.backdating-requested', data: { backdating, kid, fromPosition, voids } }]
}

function decideBackdating(
  state: SignatureKeys,
  { backdating, outcome, voids, by, replacement }: Extract<SignatureKeyCommand, { do: 'decide-backdating' }>,
): SignatureKeyEvent[] {
  const asked = backdatingOf(state, backdating)
  if (asked.decision) throw new Conflict('signature-key-backdating-decided', 'This was decided already.')
  if (asked.requestedBy === by)
    throw new Conflict('own-signature-key-backdating', 'Nobody decides on a revocation that they asked for.')
  const decided = { type: 'signature-key.backdating-decided', data: { backdating, outcome, voids } } as const
  return outcome === 'refused' ? [decided] : [decided, ...revoke(state, { ...asked, replacement })]
}

/** @throws NotFound `signature-key-backdating-not-found` */
export function backdatingOf({ backdatings }: SignatureKeys, backdating: string): Backdating {
  const asked = backdatings.get(backdating)
  if (!asked) throw new NotFound('signature-key-backdating-not-found', 'Nobody asked for this revocation.')
  return asked
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
