import { isAbsent } from './absence.js'
import { type InputSpecification } from './input-specification.js'
import { RandomStream } from './numerics/random/random-stream.js'

const largestSeed = 4_294_967_295
const usualSeed = 1

/** The input that makes draws repeatable. */
export const seedInput: InputSpecification = {
  name: 'seed',
  quantity: 'Seed of the draws',
  kind: 'number',
  unit: '1',
  integer: true,
  range: { min: 0, max: largestSeed },
  optional: true,
}

/**
 * Independent draws, each from a stream of its own.
 *
 * @param kind tells one use of the seed in a model from another, so that adding a use changes no other
 */
export function drawsOf<Draw>(
  seed: number | null | undefined,
  kind: number,
  count: number,
  draw: (stream: RandomStream) => Draw,
): Draw[] {
  const run = BigInt(isAbsent(seed) ? usualSeed : seed)
  return Array.from({ length: count }, (_, replicate) => draw(RandomStream.of({ run, replicate, subject: kind })))
}
