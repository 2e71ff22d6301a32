import { describe, expect, it } from '@jest/globals'
import { countedAddress } from '../../../src/platform/http/caller-address.js'
import { TokenBuckets } from '../../../src/platform/http/token-buckets.js'

/** Ten requests in five seconds, on a clock that stands until it is moved. */
function buckets(mostKeys?: number) {
  const clock = { ms: 1000 }
  return { clock, take: taking(new TokenBuckets(10, 5, () => clock.ms, mostKeys)) }
}
const taking =
  (tested: TokenBuckets) =>
  (key = 'a', times = 1) => {
    for (let before = 1; before < times; before++) tested.take(key)
    return tested.take(key)
  }

describe('a quota of requests', () => {
  it('is spent request by request, and then there is a wait for the next', () => {
    const { take } = buckets()
    expect(take()).toEqual({ allowed: true, remaining: 9, resetSeconds: 1, retryAfterSeconds: 0 })
    expect(take('a', 9)).toEqual({ allowed: true, remaining: 0, resetSeconds: 5, retryAfterSeconds: 0 })
    expect(take()).toEqual({ allowed: false, remaining: 0, resetSeconds: 5, retryAfterSeconds: 1 })
  })

  it('comes back evenly, and never to more than it was', () => {
    const { clock, take } = buckets()
    take('a', 10)
    clock.ms += 499
    expect(take().allowed).toBe(false)
    clock.ms += 1
    expect(take().allowed).toBe(true)
    clock.ms += 3_600_000
    expect(take().remaining).toBe(9)
  })

  it('is not shortened by what was refused', () => {
    const { clock, take } = buckets()
    take('a', 500)
    clock.ms += 500
    expect(take().allowed).toBe(true)
  })

  it('is each caller’s own', () => {
    const { take } = buckets()
    take('a', 11)
    expect(take('b').remaining).toBe(9)
  })

  it('is remembered for so many callers and no more, those seen last', () => {
    const { take } = buckets(2)
    take('a', 11)
    take('b')
    take('a')
    take('c')
    expect(take('a').allowed).toBe(false)
    expect(take('b').remaining).toBe(9)
  })
})

describe('an address is counted', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:0:12:1::7', '2001:db8:0:12'],
    ['2001:0db8:0000:0012:ffff:ffff:ffff:ffff', '2001:db8:0:12'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    [undefined, 'unknown'],
  ])('%s as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted)
  })
})
