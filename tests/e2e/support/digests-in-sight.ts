/** Telling whether a digest of a guessed value, or the beginning of one, is among the things that were stored. */
import { hash } from 'node:crypto'

/** So much of a digest is enough to know it by: a chance agreement with one of ten million guesses is one in 10^7. */
const KNOWN_BY_BYTES = 6

const HEX = /[0-9a-f]{32,}/gi
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const BASE64 = /[A-Za-z0-9+/_-]{22,}/g

export class DigestsInSight {
  private readonly beginnings = new Set<number>()

  get count(): number {
    return this.beginnings.size
  }

  /** Hexadecimal and base64 runs, and UUIDs, whose version and variant bits come after their first six bytes. */
  addText(text: string): void {
    for (const [run] of text.matchAll(HEX)) this.addBytes(Buffer.from(run, 'hex'))
    for (const [uuid] of text.matchAll(UUID)) this.addBytes(Buffer.from(uuid.replaceAll('-', ''), 'hex'))
    for (const [run] of text.matchAll(BASE64)) this.addBytes(Buffer.from(run, 'base64url'))
  }

  /** One digest, or several of 16 or 32 bytes end to end as in a tile. */
  addBytes(bytes: Buffer): void {
    for (let offset = 0; offset + KNOWN_BY_BYTES <= bytes.length; offset += 16)
      this.beginnings.add(bytes.readUIntBE(offset, KNOWN_BY_BYTES))
  }

  /** Whether the SHA-256 of the text is in sight. */
  hasDigestOf(text: string): boolean {
    return this.beginnings.has(hash('sha256', text, 'buffer').readUIntBE(0, KNOWN_BY_BYTES))
  }
}
