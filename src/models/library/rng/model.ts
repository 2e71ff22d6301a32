import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { isAbsent } from '../../absence.js'
import { type InputSpecification } from '../../input-specification.js'
import { Pcg32 } from '../../numerics/random/pcg32.js'
import { SplitMix64 } from '../../numerics/random/splitmix64.js'
import { Xoshiro256, type XoshiroState } from '../../numerics/random/xoshiro256.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

export type RandomAlgorithm = 'splitmix64' | 'xoshiro256**' | 'pcg32 XSH-RR'

/** Whole numbers are decimal texts: they need 64 bits. */
export interface RandomInput {
  readonly alg: RandomAlgorithm
  /** Initial state of splitmix64 and pcg32; expanded by splitmix64 for xoshiro256** without a state */
  readonly seed?: string | null
  /** Sequence of pcg32 */
  readonly stream?: string | null
  /** The four words of xoshiro256** */
  readonly state?: readonly string[] | null
  /** How many words; 16 when absent. */
  readonly count?: number | null
}

export interface RandomOutput {
  /** The first words, 64-bit (pcg32: 32-bit) unsigned, as decimal texts */
  readonly first: readonly string[]
}

const wholeNumber = '[0-9]{1,20}'
const defaultCount = 16
const limit64 = 1n << 64n

const inputs: readonly InputSpecification[] = [
  { name: 'alg', quantity: 'Generator', kind: 'code', values: ['splitmix64', 'xoshiro256**', 'pcg32 XSH-RR'] },
  { name: 'seed', quantity: 'Seed', kind: 'text', pattern: wholeNumber, optional: true },
  { name: 'stream', quantity: 'Number of the sequence', kind: 'text', pattern: wholeNumber, optional: true },
  {
    name: 'state',
    quantity: 'State',
    kind: 'list',
    items: { name: 'word', quantity: 'Word of the state', kind: 'text', pattern: wholeNumber },
    minItems: 4,
    maxItems: 4,
    optional: true,
  },
  {
    name: 'count',
    quantity: 'Number of words',
    kind: 'number',
    unit: '1',
    integer: true,
    range: { min: 1, max: 100_000 },
    optional: true,
  },
]

/** The random number generators of the house, open to inspection like any model. */
export const randomNumbers = defineModel<RandomInput, RandomOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [{ name: 'first', quantity: 'First words of the sequence' }],
  card,
  coefficients,
  applicability,
  compute(input) {
    const next = generatorOf(input)
    return { first: Array.from({ length: input.count ?? defaultCount }, () => next().toString()) }
  },
})

function generatorOf({ alg, seed, stream, state }: RandomInput): () => bigint | number {
  switch (alg) {
    case 'splitmix64': {
      const generator = new SplitMix64(BigInt(seed ?? 0))
      return () => generator.next()
    }
    case 'pcg32 XSH-RR': {
      const generator = new Pcg32(BigInt(seed ?? 0), BigInt(stream ?? 0))
      return () => generator.next()
    }
    case 'xoshiro256**': {
      const generator = isAbsent(state)
        ? Xoshiro256.fromSeed(BigInt(seed ?? 0))
        : new Xoshiro256(state.map(BigInt) as unknown as XoshiroState)
      return () => generator.next()
    }
  }
}

function applicability({ alg, seed, stream, state }: Partial<RandomInput>): readonly RefusalReason[] {
  const reasons: RefusalReason[] = []
  if (alg === 'xoshiro256**' && isAbsent(state) && isAbsent(seed)) reasons.push({ input: 'state', code: 'missing' })
  if (alg !== 'xoshiro256**' && isAbsent(seed)) reasons.push({ input: 'seed', code: 'missing' })
  if (alg === 'pcg32 XSH-RR' && isAbsent(stream)) reasons.push({ input: 'stream', code: 'missing' })
  if (exceeds64Bits(seed)) reasons.push({ input: 'seed', code: 'out-of-range', limit: '[0, 2^64)' })
  if (exceeds64Bits(stream)) reasons.push({ input: 'stream', code: 'out-of-range', limit: '[0, 2^64)' })
  if (Array.isArray(state)) reasons.push(...stateRefusals(state))
  return reasons
}

function stateRefusals(state: readonly unknown[]): RefusalReason[] {
  if (state.some(exceeds64Bits)) return [{ input: 'state', code: 'out-of-range', limit: '[0, 2^64)' }]
  const isZero = state.every((word) => typeof word === 'string' && /^0+$/.test(word))
  return isZero ? [{ input: 'state', code: 'not-applicable', limit: 'not all zero' }] : []
}

function exceeds64Bits(word: unknown): boolean {
  return typeof word === 'string' && /^[0-9]+$/.test(word) && BigInt(word) >= limit64
}
