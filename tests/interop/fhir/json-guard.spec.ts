import { describe, expect, it } from '@jest/globals'
import { DEFAULT_LIMITS, parseJsonBody, refuseHostileJson } from '../../../src/interop/fhir/json-guard.js'

const parse = (text: string) => {
  const document = parseJsonBody(Buffer.from(text))
  refuseHostileJson(document, DEFAULT_LIMITS)
  return document
}

describe('the guard before the FHIR parser', () => {
  it.each([
    ['nothing', '', 'fhir-body-empty'],
    ['text', 'Patient', 'fhir-body-not-json'],
    ['a truncated bundle', '{"resourceType":"Bundle","entry":[{"res', 'fhir-body-not-json'],
    ['a key of object internals', '{"__proto__":{"polluted":true}}', 'fhir-forbidden-key'],
    ['such a key deep inside', '{"a":[{"constructor":{"prototype":{}}}]}', 'fhir-forbidden-key'],
    ['a method name as key', '{"hasOwnProperty":1}', 'fhir-forbidden-key'],
    ['a number beyond all bounds', '{"a":1e999}', 'fhir-number-out-of-range'],
    ['a NUL', '{"a":"\\u0000"}', 'fhir-text-malformed'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'fhir-text-malformed'],
    ['a NUL in a key', '{"\\u0000":1}', 'fhir-text-malformed'],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000), 'fhir-nested-too-deeply'],
    ['a huge text', `{"a":"${'x'.repeat(DEFAULT_LIMITS.maxStringLength + 1)}"}`, 'fhir-string-too-long'],
  ])('refuses %s', (_what, text, code) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code, status: 400 }))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('refuses more values than allowed', () => {
    expect(() => refuseHostileJson([1, 2, 3], { ...DEFAULT_LIMITS, maxValues: 3 })).toThrow(
      expect.objectContaining({ code: 'fhir-too-many-values' }),
    )
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(
      expect.objectContaining({ code: 'fhir-body-not-utf8' }),
    )
  })

  it('lets letters of every script pass', () => {
    expect(parse('{"family":"Treviño 王 😀"}')).toEqual({ family: 'Treviño 王 😀' })
  })
})
