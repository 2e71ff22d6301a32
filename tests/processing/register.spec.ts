import { describe, expect, it } from '@jest/globals'
import { PURPOSE_CODES } from '../../src/consents/events.js'
import { PROCESSING_REGISTER, requirePairs } from '../../src/processing/register.js'

// proves TL-PRV-004
describe('the register of purposes', () => {
  it('knows every purpose that data can be processed for, and no other', () =>
    expect(Object.keys(PROCESSING_REGISTER).sort()).toEqual([...PURPOSE_CODES].sort()))

  it('has for each a basis of Art 6(1) with its pair in Art 9(2), and refuses one without', () => {
    expect(() => requirePairs(PROCESSING_REGISTER)).not.toThrow()
    const { TREAT } = PROCESSING_REGISTER
    const lacking = {
      TREAT,
      HRESCH: { ...TREAT, bases: [{ article6: '6-1-a' as const }] },
      PUBHLTH: { ...TREAT, bases: [] },
    }
    expect(() => requirePairs(lacking)).toThrow(
      expect.objectContaining({ code: 'processing-basis-missing', details: { purposes: ['HRESCH', 'PUBHLTH'] } }),
    )
  })
})
