import { createHash } from 'node:crypto'
import { standardNormalQuantile } from '../../models/numerics/distributions.js'
import { Xoshiro256 } from '../../models/numerics/random/xoshiro256.js'

/**
 * A named stream of random numbers: xoshiro256** whose state is the SHA-256 of its name.
 * Streams with different names are independent, so one more laboratory value does not move anyone's medication,
 * and the same name gives the same numbers on every platform.
 */
export class Random {
  private readonly generator: Xoshiro256

  private constructor(private readonly name: string) {
    const digest = createHash('sha256').update(name).digest()
    const word = (index: number) => digest.readBigUInt64BE(8 * index)
    this.generator = new Xoshiro256([word(0), word(1), word(2), word(3)])
  }

  static named(...parts: (string | number)[]): Random {
    return new Random(parts.join('/'))
  }

  /** An independent stream below this one; drawing from either does not change the other. */
  stream(part: string): Random {
    return new Random(`${this.name}/${part}`)
  }

  /** Uniform in (0, 1). */
  uniform(): number {
    return this.generator.nextUniform()
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** A whole number, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.uniform())
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  normal(mean = 0, deviation = 1): number {
    return mean + deviation * standardNormalQuantile(this.uniform())
  }

  /** Normal, drawn again until it lies between the limits. */
  normalWithin(mean: number, deviation: number, low: number, high: number): number {
    for (;;) {
      const value = this.normal(mean, deviation)
      if (value >= low && value <= high) return value
    }
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.integer(0, items.length - 1)] as T
  }

  /** One of the items, each as likely as its weight; weights need not add up to 1. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let rest = this.uniform() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      rest -= weight
      if (rest < 0) return item
    }
    return (items[items.length - 1] as readonly [T, number])[0]
  }

  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(0, last)
      ;[result[last], result[other]] = [result[other] as T, result[last] as T]
    }
    return result
  }

  /** A UUID of version 4 whose random bits come from this stream. */
  uuid(): string {
    const bytes = Buffer.alloc(16)
    bytes.writeBigUInt64BE(this.generator.next(), 0)
    bytes.writeBigUInt64BE(this.generator.next(), 8)
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}
