/**
 * Lists of arms by permuted blocks: within each block every arm stands as often as its share says (ICH E9 2.3.2). The same seed
 * gives the same list, on every machine. Pure.
 */
import { createHmac } from 'node:crypto'
import { Unprocessable } from '../platform/errors.js'
import type { Arm } from './events.js'

export interface BlockPlan {
  /** 32 bytes, hexadecimal. Whoever knows it knows the list. */
  seed: string
  /** Lengths among which each block's is drawn; multiples of the sum of the shares. */
  blockSizes: readonly number[]
}

/**
 * @param stratum each has blocks of its own, independent of the others
 * @param places how many; a last block is cut off where the list ends
 * @returns codes of arms
 * @throws Unprocessable `block-size-invalid`
 */
export function permutedBlocks(
  arms: readonly Pick<Arm, 'arm' | 'share'>[],
  { seed, blockSizes }: BlockPlan,
  { stratum, places }: { stratum: string; places: number },
): string[] {
  const shares = arms.reduce((sum, { share }) => sum + share, 0)
  if (blockSizes.length === 0 || blockSizes.some((size) => size <= 0 || size % shares !== 0))
    throw new Unprocessable('block-size-invalid', 'A block is a multiple of the sum of the shares.', { shares })
  const below = seededIntegers(seed, stratum)
  const list: string[] = []
  while (list.length < places) {
    const size = blockSizes[below(blockSizes.length)]!
    const block = arms.flatMap(({ arm, share }) => Array<string>((share * size) / shares).fill(arm))
    list.push(...shuffled(block, below))
  }
  return list.slice(0, places)
}

type Below = (bound: number) => number

/** Fisher and Yates, as Durstenfeld wrote it (doi:10.1145/364520.364540). */
function shuffled(block: readonly string[], below: Below): string[] {
  const order = [...block]
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(last + 1)
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}

const WORDS = 2 ** 32

/** Integers below a bound, each as likely as the next: words of HMAC-SHA-256 over a counter, those that would favour some left out. */
function seededIntegers(seed: string, stratum: string): Below {
  const key = Buffer.from(seed, 'hex')
  let words: number[] = []
  let block = 0
  const word = (): number => {
    if (words.length === 0) {
      const bytes = createHmac('sha256', key).update(`${stratum}\n${block++}`).digest()
      words = Array.from({ length: 8 }, (_, index) => bytes.readUInt32BE(index * 4))
    }
    return words.shift()!
  }
  return (bound) => {
    const fair = WORDS - (WORDS % bound)
    for (;;) {
      const drawn = word()
      if (drawn < fair) return drawn % bound
    }
  }
}
