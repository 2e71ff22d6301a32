import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { numericSelfTestBytes } from '../../../src/models/numerics/self-test.js'

describe('the numeric self-test', () => {
  // proves TL-MOD-003
  it('gives finite results and the digest every supported runtime must give', () => {
    const bytes = numericSelfTestBytes()
    const view = new DataView(bytes.buffer)
    for (let offset = 0; offset < bytes.length; offset += 8) {
      expect(Number.isFinite(view.getFloat64(offset, false))).toBe(true)
    }
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '4e2136b522d154239a65f564cfae06be17ea7a1d5fc2449d1e5684b96c42517d',
    )
  })
})
