const mask64 = (1n << 64n) - 1n
const multiplier = 6364136223846793005n

/** PCG32, XSH-RR output (O'Neill 2014, HMC-CS-2014-0905): 32-bit words from a seed and one of 2^63 streams. */
export class Pcg32 {
  private state = 0n
  private readonly increment: bigint

  /** @param seed initial state, 64-bit unsigned. @param stream number of the sequence, 63-bit unsigned. */
  constructor(seed: bigint, stream: bigint) {
    this.increment = ((stream << 1n) | 1n) & mask64
    this.next()
    this.state = (this.state + seed) & mask64
    this.next()
  }

  /** The next 32-bit unsigned word. */
  next(): number {
    const previous = this.state
    this.state = (previous * multiplier + this.increment) & mask64
    const shifted = Number((((previous >> 18n) ^ previous) >> 27n) & 0xffffffffn)
    const rotation = Number(previous >> 59n)
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0
  }
}
