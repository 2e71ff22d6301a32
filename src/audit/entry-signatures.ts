/** Signatures on an entry of the trail, as lists, entries and exports show them: name, time and meaning (21 CFR 11.50(b)). */
import type { ShownSignature } from '../signatures/queries/signatures-on.js'

export interface EntrySignature {
  signature: string
  signer: ShownSignature['signer']
  meaning: ShownSignature['meaning']
  signedAt: string
  status: ShownSignature['status']
}

/** Position of the record → its signatures, oldest first. */
export function byEntry(signatures: readonly ShownSignature[]): ReadonlyMap<number, EntrySignature[]> {
  const found = new Map<number, EntrySignature[]>()
  for (const { record, signature, signer, meaning, signedAt, status } of signatures)
    found.set(record.position, [
      ...(found.get(record.position) ?? []),
      { signature, signer, meaning, signedAt, status },
    ])
  return found
}

/** All of an entry's signatures in one cell of a table. */
export function signatureText(signatures: readonly EntrySignature[]): string | null {
  if (signatures.length === 0) return null
  return signatures
    .map(({ signer, meaning, signedAt, status }) => `${signer.name ?? signer.id}; ${meaning}; ${signedAt}; ${status}`)
    .join(' | ')
}
