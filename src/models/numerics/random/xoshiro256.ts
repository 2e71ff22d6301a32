import { SplitMix64 } from './splitmix64.js'

/** The 256-bit state of the generator as four 64-bit unsigned words; not all may be zero. */
export type XoshiroState = readonly [bigint, bigint, bigint, bigint]

/**
 * xoshiro256** 1.0 (Blackman, Vigna 2021, doi:10.1145/3460772), period 2^256 − 1.
 * Each 64-bit word is kept as two 32-bit halves: big integers would cost a microsecond a draw.
 */
export class Xoshiro256 {
  /** Halves of the four words: high, low, high, low, … */
  private readonly half = new Uint32Array(8)
  private resultHigh = 0
  private resultLow = 0

  constructor(state: XoshiroState) {
    if (state.every((word) => word === 0n)) throw new RangeError('The state of xoshiro256** must not be zero.')
    state.forEach((word, index) => {
      this.half[2 * index] = Number((word >> 32n) & 0xffffffffn)
      this.half[2 * index + 1] = Number(word & 0xffffffffn)
    })
  }

  /** A generator whose state is the first four words of SplitMix64, as its authors recommend. */
  static fromSeed(seed: bigint): Xoshiro256 {
    const source = new SplitMix64(seed)
    return new Xoshiro256([source.next(), source.next(), source.next(), source.next()])
  }

  /** The next 64-bit unsigned word. */
  next(): bigint {
    this.advance()
    return (BigInt(this.resultHigh) << 32n) | BigInt(this.resultLow)
  }

  /** The next uniform number of the open interval (0, 1): the 52 highest bits and one half, so never an end. */
  nextUniform(): number {
    this.advance()
    return (this.resultHigh * 0x100000 + (this.resultLow >>> 12) + 0.5) / 0x10000000000000
  }

  /** result = rotl(s1 · 5, 7) · 9, then the linear step of the state. */
  private advance(): void {
    const s = this.half
    const [s0h, s0l, s1h, s1l] = [s[0] as number, s[1] as number, s[2] as number, s[3] as number]
    this.multiplySmall(s1h, s1l, 5)
    const rotatedHigh = ((this.resultHigh << 7) | (this.resultLow >>> 25)) >>> 0
    const rotatedLow = ((this.resultLow << 7) | (this.resultHigh >>> 25)) >>> 0
    this.multiplySmall(rotatedHigh, rotatedLow, 9)

    const s2h = (s[4] as number) ^ s0h
    const s2l = (s[5] as number) ^ s0l
    const s3h = (s[6] as number) ^ s1h
    const s3l = (s[7] as number) ^ s1l
    s[2] = s1h ^ s2h
    s[3] = s1l ^ s2l
    s[0] = s0h ^ s3h
    s[1] = s0l ^ s3l
    s[4] = s2h ^ ((s1h << 17) | (s1l >>> 15))
    s[5] = s2l ^ (s1l << 17)
    // Rotating left by 45 is swapping the halves and rotating left by 13.
    s[6] = (s3l << 13) | (s3h >>> 19)
    s[7] = (s3h << 13) | (s3l >>> 19)
  }

  private multiplySmall(high: number, low: number, factor: number): void {
    const lowProduct = low * factor
    this.resultLow = lowProduct >>> 0
    this.resultHigh = (high * factor + Math.floor(lowProduct / 0x100000000)) >>> 0
  }
}
