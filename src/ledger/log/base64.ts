/** Standard padded base64 (RFC 4648 section 4), strict: Node's own decoder forgives what a verifier must refuse. */

/** The bytes, or null for anything but the one canonical spelling of them. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
