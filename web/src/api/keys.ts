import { change, read } from './http.js'

/** A key that wraps the keys of persons: its id and how much hangs on it, never the key itself. */
export interface KeyEncryptionKey {
  id: string
  /** `former` ones open and do not wrap; `retired` ones do neither. */
  state: 'current' | 'former' | 'retired'
  /** Keys of persons that it wraps. */
  keys: number
  firstSeenAt: string
  retiredAt: string | null
}

export interface RewrappedBatch {
  rewrapped: number
  /** Ids of keys that could not be opened. */
  failed: string[]
  /** Where the next batch begins; null when this was the last. */
  next: string | null
  remaining: number
}

const ROOT = '/api/v1/key-encryption-keys'

export const listKeys = (signal?: AbortSignal) => read<KeyEncryptionKey[]>(ROOT, {}, signal)

export const rotateKey = () => change<{ from: string; to: string }>(`${ROOT}/rotations`, {})

/** Wraps the next batch anew. */
export const rewrapKeys = (after: string | undefined) =>
  change<RewrappedBatch>(`${ROOT}/rewrapping`, after === undefined ? {} : { after })

/** @returns what the provider did, and what is left to do */
export const retireKey = (key: string) => change<{ note: string }>(`${ROOT}/retirements`, { key })
