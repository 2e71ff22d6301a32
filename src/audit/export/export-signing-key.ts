import type { KeyObject } from 'node:crypto'
import { privateKeyFromSeed } from '../../ledger/log/ed25519.js'
import { readOrCreateKey } from '../../vault/key-file.js'

/** The Ed25519 key that signs export manifests, from a file of its own, made on first start. */
export function openExportSigningKey(path: string): KeyObject {
  return privateKeyFromSeed(readOrCreateKey(path))
}
