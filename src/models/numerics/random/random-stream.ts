import { standardNormalQuantile } from '../distributions.js'
import { mix64 } from './splitmix64.js'
import { Xoshiro256 } from './xoshiro256.js'

/** What a stream of random numbers belongs to. Equal keys give equal numbers on every machine, in any order of execution. */
export interface StreamKey {
  /** The seed of the run, 64-bit unsigned. */
  readonly run: bigint
  /** Which repetition of the run, from 0. */
  readonly replicate: number
  /** Which subject of the cohort, from 0. */
  readonly subject: number
}

/** Independent random numbers for one subject in one replicate of one run. */
export class RandomStream {
  private constructor(private readonly generator: Xoshiro256) {}

  /** Derives the stream of a key by folding its parts one by one through SplitMix64's finaliser. */
  static of({ run, replicate, subject }: StreamKey): RandomStream {
    const folded = [BigInt(replicate), BigInt(subject)].reduce((seed, part) => mix64(mix64(seed) ^ part), run)
    return new RandomStream(Xoshiro256.fromSeed(folded))
  }

  /** Uniform on the open interval (0, 1). */
  uniform(): number {
    return this.generator.nextUniform()
  }

  /** Standard normal, by inversion: one uniform number a draw, so streams stay aligned. */
  normal(): number {
    return standardNormalQuantile(this.generator.nextUniform())
  }

  /** A whole number of 0 … bound − 1, each equally likely to within 2^−52 · bound. */
  integer(bound: number): number {
    return Math.floor(this.generator.nextUniform() * bound)
  }

  /** Shuffles a copy (Fisher–Yates, from the last place down). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last--) {
      const chosen = this.integer(last + 1)
      const kept = result[last] as T
      result[last] = result[chosen] as T
      result[chosen] = kept
    }
    return result
  }
}
