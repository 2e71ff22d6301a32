/** Enrolment codes: eight characters that can be read over the telephone, as `K7QX-9M2T`. */

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const ENROLMENT_CODE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/

/** The code that 40 random bits of a UUID stand for: its first ten hexadecimal digits are random in a UUIDv4. */
export function enrolmentCodeFrom(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '').slice(0, 10)}`)
  let code = ''
  for (let character = 0; character < 8; character++) {
    code = ALPHABET[Number(bits & 31n)]! + code
    bits >>= 5n
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
