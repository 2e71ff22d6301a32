import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Pcg32 } from '../../../src/models/numerics/random/pcg32.js'
import { RandomStream } from '../../../src/models/numerics/random/random-stream.js'
import { SplitMix64 } from '../../../src/models/numerics/random/splitmix64.js'
import { Xoshiro256, type XoshiroState } from '../../../src/models/numerics/random/xoshiro256.js'

/** xoshiro256** written with big integers, straight from the definition: the oracle of the halved arithmetic. */
function xoshiroReference(state: XoshiroState, count: number): bigint[] {
  const mask = (1n << 64n) - 1n
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask
  let [s0, s1, s2, s3] = state
  return Array.from({ length: count }, () => {
    const result = (rotate((s1 * 5n) & mask, 7n) * 9n) & mask
    const t = (s1 << 17n) & mask
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotate(s3, 45n)
    return result
  })
}

const word = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })

describe('random numbers', () => {
  it('xoshiro256** equals its definition in 64-bit arithmetic', () => {
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (state) => {
        fc.pre(state.some((part) => part !== 0n))
        const generator = new Xoshiro256(state)
        expect(Array.from({ length: 20 }, () => generator.next())).toEqual(xoshiroReference(state, 20))
      }),
      { numRuns: 50 },
    )
  })

  it('refuses the zero state, from which xoshiro never leaves', () => {
    expect(() => new Xoshiro256([0n, 0n, 0n, 0n])).toThrow(RangeError)
  })

  it('SplitMix64 and PCG32 start as published', () => {
    expect(new SplitMix64(1234567n).next()).toBe(6457827717110365317n)
    expect(new Pcg32(42n, 54n).next()).toBe(2707161783)
  })

  it('uniform numbers lie strictly between 0 and 1', () => {
    fc.assert(
      fc.property(word, (seed) => {
        const uniform = Xoshiro256.fromSeed(seed).nextUniform()
        expect(uniform).toBeGreaterThan(0)
        expect(uniform).toBeLessThan(1)
      }),
    )
  })

  it('a stream depends on its run, replicate and subject alone', () => {
    const first = (run: bigint, replicate: number, subject: number): number =>
      RandomStream.of({ run, replicate, subject }).uniform()
    expect(first(1n, 2, 3)).toBe(first(1n, 2, 3))
    expect(new Set([first(1n, 2, 3), first(2n, 2, 3), first(1n, 3, 3), first(1n, 3, 2), first(1n, 2, 4)]).size).toBe(5)
  })

  it('normals have mean 0 and variance 1 within Monte-Carlo bounds', () => {
    const stream = RandomStream.of({ run: 11n, replicate: 0, subject: 0 })
    const n = 20_000
    const draws = Array.from({ length: n }, () => stream.normal())
    const mean = draws.reduce((total, z) => total + z, 0) / n
    const variance = draws.reduce((total, z) => total + (z - mean) * (z - mean), 0) / (n - 1)
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
  })

  it('shuffles a copy and keeps every item', () => {
    const items = [1, 2, 3, 4, 5, 6]
    const shuffled = RandomStream.of({ run: 5n, replicate: 0, subject: 0 }).shuffled(items)
    expect(items).toEqual([1, 2, 3, 4, 5, 6])
    expect([...shuffled].sort()).toEqual(items)
  })
})
