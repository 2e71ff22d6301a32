import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import type { ClinicalFact, Demographics, Observation } from '../../../src/twins/facts.js'
import { intervalOf } from '../../../src/twins/quality/fact-time.js'
import { judgeFacts } from '../../../src/twins/quality/judge-facts.js'
import { judgeRecord } from '../../../src/twins/quality/judge-record.js'
import { meaningOfRule, RULE_IDS } from '../../../src/twins/quality/meanings.js'
import { OBSERVABLES } from '../../../src/twins/quality/observables.js'
import { isValidUnit } from '../../../src/platform/ucum.js'
import { adult, LOINC, observation, source } from '../support.js'

const now = Date.parse('2026-06-01T12:00:00Z')
const SNOMED = 'http://snomed.info/sct'
const judge = (fact: ClinicalFact, about: { demographics?: Demographics; standing?: ClinicalFact[] } = {}) =>
  judgeFacts([{ id: 'e1', fact }], { demographics: about.demographics ?? adult, standing: about.standing ?? [], now })
const rulesFor = (fact: ClinicalFact, about = {}) => judge(fact, about).map(({ rule }) => rule)
const condition = (code: string, more = {}): ClinicalFact => ({
  kind: 'condition',
  code: { system: SNOMED, code },
  source,
  ...more,
})
const without = (fact: Observation, ...fields: (keyof Observation)[]) =>
  Object.fromEntries(
    Object.entries(fact).filter(([field]) => !fields.includes(field as keyof Observation)),
  ) as unknown as Observation

const creatinine = observation('2160-0', 0.9, 'mg/dL')

describe('good data', () => {
  it.each([
    ['creatinine', creatinine],
    ['creatinine in a convertible unit', observation('2160-0', 9, 'mg/L')],
    ['RDW as volume, under its own code', observation('21000-5', 42, 'fL')],
    [
      'a value below the detection limit',
      { ...observation('1988-5', 0.3, 'mg/L'), quantity: { value: 0.3, unit: 'mg/L', comparator: '<' as const } },
    ],
    ['a code that is not in the catalogue', observation('99999-9', 1, 'mg')],
    ['a year as date', observation('2160-0', 0.9, 'mg/dL', { effective: { at: '2020' } })],
    ['an absent value with its reason', { ...without(creatinine, 'quantity'), absent: 'not-performed' }],
    [
      'a plan that ends in the future',
      {
        kind: 'medication',
        code: { system: 'rx', code: '83367' },
        intent: 'order',
        status: 'active',
        period: { at: '2026-05-01', until: '2027-05-01' },
        source,
      } satisfies ClinicalFact,
    ],
  ] as [string, ClinicalFact][])('%s raises nothing', (_what, fact) => expect(judge(fact)).toEqual([]))
})

describe('conformance', () => {
  it.each([
    ['fact.code-missing', observation('', 1, 'mg')],
    ['fact.code-missing', { ...creatinine, code: { system: '', code: '2160-0' } }],
    ['fact.date-malformed', { ...creatinine, effective: { at: '2026-02-30' } }],
    ['fact.date-malformed', { ...creatinine, effective: { at: 'last week' } }],
    ['fact.entered-in-error', { ...creatinine, status: 'entered-in-error' }],
    ['fact.entered-in-error', condition('44054006', { verificationStatus: 'entered-in-error' })],
    ['observation.value-type-wrong', { ...without(creatinine, 'quantity'), text: 'normal' }],
    ['observation.value-type-wrong', observation('72166-2', 20, '{cigarettes}/d')],
  ] as [string, ClinicalFact][])('%s', (rule, fact) => expect(rulesFor(fact)).toContain(rule))
})

describe('units', () => {
  it.each([
    ['observation.unit-missing', observation('2160-0', 0.9, '')],
    ['observation.unit-not-ucum', observation('2160-0', 0.9, 'MGDL')],
    ['observation.unit-not-ucum', { ...creatinine, quantity: { value: 1, unit: '', unitAsSent: 'blobs' } }],
    ['observation.unit-translated', { ...creatinine, quantity: { value: 1, unit: 'mg/dL', unitAsSent: 'mg%' } }],
    ['observation.unit-wrong-dimension', observation('788-0', 42, 'fL')],
    ['observation.unit-wrong-dimension', observation('2160-0', 0.9, 'kg')],
    ['observation.unit-other-property', observation('2160-0', 80, 'umol/L')],
    ['observation.unit-not-normalised', observation('33914-3', 80, 'mL/min')],
    // 90 mg/dL of creatinine cannot be; 90 umol/L is ordinary.
    ['observation.unit-suspect', observation('2160-0', 90, 'mg/dL')],
    ['observation.unit-suspect', observation('2885-2', 72, 'g/dL')],
    ['observation.unit-suspect', observation('8310-5', 98.6, 'Cel')],
    ['observation.unit-suspect', observation('2345-7', 4.2, 'mg/dL')],
  ] as [string, ClinicalFact][])('%s', (rule, fact) => expect(rulesFor(fact)).toEqual([rule]))
})

// proves TL-TWN-005
describe('plausibility', () => {
  it.each([
    ['observation.value-implausible', observation('8480-6', 900, 'mm[Hg]')],
    ['observation.value-implausible', observation('2160-0', 5000, 'mg/dL')],
    [
      'observation.value-implausible',
      { ...creatinine, quantity: { value: 5000, unit: 'mg/dL', comparator: '>' as const } },
    ],
    ['fact.in-future', { ...creatinine, effective: { at: '2026-06-03' } }],
    ['fact.before-birth', { ...creatinine, effective: { at: '1969-12-31' } }],
    ['fact.end-before-start', condition('44054006', { onset: { at: '2020-05' }, abated: { at: '2019' } })],
    ['fact.sex-conflict', condition('399068003')],
  ] as [string, ClinicalFact][])('%s', (rule, fact) => expect(rulesFor(fact)).toEqual([rule]))

  it('judges the sides of a censored value that it states', () => {
    const below = { ...creatinine, quantity: { value: 5000, unit: 'mg/dL', comparator: '<' as const } }
    expect(judge(below)).toEqual([])
  })
  it('holds facts against the death of the person', () => {
    const dead = { ...adult, deceased: '2025-01-01T00:00:00Z' }
    expect(rulesFor(creatinine, { demographics: dead })).toEqual(['fact.after-death'])
    expect(
      rulesFor(
        {
          kind: 'report',
          code: { system: LOINC, code: '11502-2' },
          status: 'final',
          effective: { at: '2026-01-01' },
          results: [],
          source,
        },
        { demographics: dead },
      ),
    ).toEqual([])
  })
  it('lets the cause of death be established after death', () => {
    const cause = { ...without(creatinine, 'quantity'), code: { system: LOINC, code: '69453-9' }, text: 'x' }
    expect(rulesFor(cause, { demographics: { ...adult, deceased: '2025-01-01T00:00:00Z' } })).toEqual([])
  })
  it('gives the benefit of the doubt to dates that may be the day of birth', () => {
    for (const at of ['1970', '1970-05', '1970-05-20', '1970-05-20T00:10:00+02:00']) {
      expect(rulesFor({ ...creatinine, effective: { at } })).toEqual([])
    }
  })
  it('sees the same statement again, whoever makes it, but not an undated one', () => {
    const elsewhere = { ...creatinine, source: { system: 'lab', resourceType: 'Observation', resourceId: '9' } }
    expect(rulesFor(elsewhere, { standing: [creatinine] })).toEqual(['fact.duplicated'])
    expect(rulesFor(condition('44054006'), { standing: [condition('44054006')] })).toEqual([])
    const twice = judgeFacts(
      [
        { id: 'a', fact: creatinine },
        { id: 'b', fact: elsewhere },
      ],
      { demographics: adult, standing: [], now },
    )
    expect(twice).toMatchObject([{ rule: 'fact.duplicated', target: 'b' }])
  })
  it('wants the diastolic pressure below the systolic one', () => {
    const part = (code: string, value: number) => ({
      code: { system: LOINC, code },
      quantity: { value, unit: 'mm[Hg]' },
    })
    const panel = {
      ...without(observation('85354-9', 0, ''), 'quantity'),
      components: [part('8480-6', 80), part('8462-4', 120)],
    }
    expect(rulesFor(panel)).toEqual(['observation.diastolic-not-below-systolic'])
    expect(rulesFor({ ...panel, components: [part('8480-6', 120), part('8462-4', 80)] })).toEqual([])
  })
})

describe('completeness', () => {
  it.each([
    ['observation.value-missing', without(creatinine, 'quantity')],
    ['fact.time-missing', without(creatinine, 'effective')],
  ] as [string, ClinicalFact][])('%s', (rule, fact) => expect(rulesFor(fact)).toEqual([rule]))

  const about = (demographics: Demographics | null, ...standing: ClinicalFact[]) =>
    judgeRecord({ demographics, standing, now }).map(({ rule, code }) => (code ? `${rule} ${code}` : rule))

  it('of the record: who, and what models need', () => {
    expect(about(null)).toEqual(
      expect.arrayContaining(['record.birth-date-missing', 'record.sex-missing', 'record.input-missing 8480-6']),
    )
    expect(about({ ...adult, sex: 'unknown' })).toContain('record.sex-missing')
    expect(about(adult, creatinine).filter((found) => found.endsWith(' 2160-0'))).toEqual([])
  })
  it('takes no empty or mistaken value for an input', () => {
    const mistaken = { ...creatinine, status: 'entered-in-error' }
    expect(about(adult, mistaken, without(creatinine, 'quantity'))).toContain('record.input-missing 2160-0')
  })
  it('finds impossible lives', () => {
    expect(about({ ...adult, birthDate: '2027-01-01' })).toContain('record.birth-date-implausible')
    expect(about({ ...adult, birthDate: '1850' })).toContain('record.birth-date-implausible')
    expect(about({ ...adult, deceased: '1960-01-01' })).toContain('record.death-before-birth')
  })
  it('finds values that have aged, by the most recent one', () => {
    const old = { ...creatinine, effective: { at: '2023-01-01' } }
    expect(about(adult, old)).toContain('record.input-outdated 2160-0')
    expect(about(adult, old, creatinine)).not.toContain('record.input-outdated 2160-0')
  })
})

describe('a finding', () => {
  it('names rule, rule set, fact and code, and no value', () => {
    expect(judge(observation('2160-0', 90, 'mg/dL'))).toEqual([
      {
        dimension: 'units',
        severity: 'error',
        rule: 'observation.unit-suspect',
        ruleSet: 'kahn-2026.1',
        target: 'e1',
        code: '2160-0',
      },
    ])
  })
  it('comes from a rule with a meaning, and every rule has an id of its own', () => {
    expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length)
    for (const id of RULE_IDS) expect(meaningOfRule(id)).toMatch(/\.$/)
  })
})

describe('the catalogue of observables', () => {
  it.each(Object.entries(OBSERVABLES).filter(([, { value }]) => value === 'quantity'))(
    '%s has a unit and limits that make sense',
    (code, { unit, plausible, confusedWith = [] }) => {
      expect(isValidUnit(unit!)).toBe(true)
      expect(confusedWith.every(isValidUnit)).toBe(true)
      expect(plausible![0]).toBeLessThan(plausible![1])
      const middle = observation(code, (plausible![0] + plausible![1]) / 2, unit!)
      expect(judge(middle, { demographics: { source } })).toEqual([])
    },
  )
})

describe('a FHIR date', () => {
  it('is refused when it is none', () => {
    for (const text of ['', '2026-13', '2026-02-30', '2026-1-1', '2026-01-01T10:00:00', '2026-02-30T10:00:00Z', '26']) {
      expect(intervalOf(text)).toBeNull()
    }
  })
  it('covers every moment it may mean', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          for (const length of [4, 7, 10]) {
            const { earliest, latest } = intervalOf(date.toISOString().slice(0, length))!
            expect(earliest).toBeLessThanOrEqual(date.getTime())
            expect(latest).toBeGreaterThanOrEqual(date.getTime())
          }
        },
      ),
    )
  })
})
