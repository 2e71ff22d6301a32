/** Numbers by which the blinded speak of what a participant is given: six digits, random, and nothing else. */
export const ALLOCATION_NUMBER = /^[1-9]\d{5}$/

const FIRST = 100_000n
const NUMBERS = 900_000n

/** The number that 40 random bits of a UUID stand for: its first ten hexadecimal digits are random in a UUIDv4. */
export function allocationNumberFrom(uuid: string): string {
  return String(FIRST + (BigInt(`0x${uuid.replaceAll('-', '').slice(0, 10)}`) % NUMBERS))
}
