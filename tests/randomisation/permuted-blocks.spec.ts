import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { allocationNumberFrom, ALLOCATION_NUMBER } from '../../src/randomisation/allocation-number.js'
import { permutedBlocks } from '../../src/randomisation/permuted-blocks.js'

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const designs = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 })
  .map((shares) => shares.map((share, index) => ({ arm: `ARM-${index}`, share })))
const sum = (arms: readonly { share: number }[]) => arms.reduce((total, { share }) => total + share, 0)

// proves TL-TRL-003
describe('a list of permuted blocks', () => {
  it('has every arm in every block as often as its share says', () => {
    fc.assert(
      fc.property(
        seeds,
        designs,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, arms, factor, blocks) => {
          const size = sum(arms) * factor
          const list = permutedBlocks(arms, { seed, blockSizes: [size] }, { stratum: 'all', places: size * blocks })
          for (let block = 0; block < blocks; block++) {
            const within = list.slice(block * size, (block + 1) * size)
            for (const { arm, share } of arms) expect(within.filter((one) => one === arm)).toHaveLength(share * factor)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is the same again from the same seed, and has other blocks in another stratum', () => {
    fc.assert(
      fc.property(seeds, designs, (seed, arms) => {
        const plan = { seed, blockSizes: [sum(arms), 2 * sum(arms)] }
        const of = (stratum: string) => permutedBlocks(arms, plan, { stratum, places: 60 })
        expect(of('site-1')).toEqual(of('site-1'))
        expect(of('site-1')).not.toEqual(of('site-2'))
        expect(of('site-1')).toHaveLength(60)
      }),
      { numRuns: 50 },
    )
  })

  it('is never further from the ratio than half of its longest block', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 200 }), (seed, places) => {
        const arms = ['A', 'B'].map((arm) => ({ arm, share: 1 }))
        const list = permutedBlocks(arms, { seed, blockSizes: [4, 6] }, { stratum: 'all', places })
        const counts = arms.map(({ arm }) => list.filter((one) => one === arm).length)
        expect(Math.abs(counts[0]! - counts[1]!)).toBeLessThanOrEqual(3)
      }),
      { numRuns: 50 },
    )
  })

  it('is what this seed has always given', () => {
    const arms = ['A', 'B'].map((arm) => ({ arm, share: 1 }))
    const list = permutedBlocks(arms, { seed: '07'.repeat(32), blockSizes: [4, 6] }, { stratum: 'all', places: 12 })
    expect(list.join('')).toBe('BBAABABAABAB')
  })

  it('refuses blocks that cannot hold the ratio', () => {
    const arms = ['A', 'B'].map((arm, index) => ({ arm, share: index + 1 }))
    const plan = { seed: '00'.repeat(32), blockSizes: [4] }
    expect(() => permutedBlocks(arms, plan, { stratum: 'all', places: 4 })).toThrow(
      expect.objectContaining({ code: 'block-size-invalid' }),
    )
  })
})

it('numbers are six digits, whatever the UUID', () => {
  fc.assert(fc.property(fc.uuid({ version: 4 }), (uuid) => ALLOCATION_NUMBER.test(allocationNumberFrom(uuid))))
})
