import { describe, expect, it } from '@jest/globals'
import { publicCode } from '../../../src/twins/quality/public-code.js'

const code = (system: string, value: string) => publicCode({ system, code: value })

describe('the code of a finding, which stays when the person is forgotten', () => {
  it('says what was measured', () => expect(code('http://loinc.org', '2160-0')).toBe('2160-0'))

  it.each([
    ['a diagnosis', 'http://snomed.info/sct', '73211009'],
    ['a drug', 'http://www.nlm.nih.gov/research/umls/rxnorm', '83367'],
    ['what LOINC could not have issued', 'http://loinc.org', 'Jane Doe'],
    ['a code of the sender’s own', 'urn:local', '2160-0'],
  ])('never says %s', (_what, system, value) => expect(code(system, value)).toBeUndefined())
})
