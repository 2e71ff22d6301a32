/** Answers as the documentation of the interface shows them. */
import type { RewrappedBatch } from '../vault/rewrapping.js'
import type { Rotation } from './commands/rotate-key-encryption-key.js'
import type { ListedKeyEncryptionKey } from './queries/list-key-encryption-keys.js'

const [OLD, NEW] = ['vault-transit:transit/twin-ledger:v1', 'vault-transit:transit/twin-ledger:v2'] as const

export const KEYS_EXAMPLE: ListedKeyEncryptionKey[] = [
  { id: OLD, state: 'former', keys: 1200, firstSeenAt: '2026-03-14T09:26:53.589Z', retiredAt: null },
  { id: NEW, state: 'current', keys: 5400, firstSeenAt: '2027-03-14T09:26:53.589Z', retiredAt: null },
]

export const ROTATION_EXAMPLE: Rotation = { from: OLD, to: NEW }

export const REWRAPPED_EXAMPLE: RewrappedBatch = {
  to: NEW,
  rewrapped: 500,
  failed: [],
  next: '7e6d5c4b-3a29-4180-8f7e-6d5c4b3a2918',
  remaining: 700,
}
