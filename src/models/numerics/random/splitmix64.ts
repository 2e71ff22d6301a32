const mask = (1n << 64n) - 1n

/**
 * SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195): turns a seed into well-mixed 64-bit words.
 * Used to derive the states of other generators, not to draw samples.
 */
export class SplitMix64 {
  private state: bigint

  /** @param seed 64-bit unsigned; higher bits are dropped. */
  constructor(seed: bigint) {
    this.state = seed & mask
  }

  /** The next 64-bit unsigned word. */
  next(): bigint {
    this.state = (this.state + 0x9e3779b97f4a7c15n) & mask
    return mix64(this.state)
  }
}

/** The finaliser of SplitMix64: a bijection of 64-bit words that spreads every bit of its argument. */
export function mix64(word: bigint): bigint {
  let z = word & mask
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask
  return z ^ (z >> 31n)
}
