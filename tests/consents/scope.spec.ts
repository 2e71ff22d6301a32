import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DATA_CATEGORY_CODES, PURPOSE_CODES } from '../../src/consents/codes.js'
import { coverUse } from '../../src/consents/coverage.js'
import { DUO_CODES } from '../../src/consents/duo.js'
import { gapsOf, isWithin, type ConsentScope, type ScopeGap, type Use } from '../../src/consents/scope.js'
import { after, C1, C2, given, notice, NOW, scope, TRIAL, withdrawn } from './support.js'

const OTHER_TRIAL = '44444444-4444-4444-8444-444444444444'
const use = (more: Partial<Use> = {}): Use => ({ purpose: 'HRESCH', model: 'cvd.prevent-2023', ...more })

describe('what a scope covers', () => {
  const table: [string, Partial<ConsentScope>, Partial<Use>, ScopeGap[]][] = [
    ['the purpose it names', {}, {}, []],
    ['no other purpose', {}, { purpose: 'TREAT' }, ['purpose-not-covered']],
    ['no trial purpose by way of research in general', {}, { purpose: 'CLINTRCH' }, ['purpose-not-covered']],
    ['a model of its class', {}, { model: 'cvd.score2-2021' }, []],
    ['a model by its own id', { modelClasses: ['cvd.prevent-2023'] }, {}, []],
    [
      'not another of that class',
      { modelClasses: ['cvd.prevent-2023'] },
      { model: 'cvd.score2-2021' },
      ['model-class-not-covered'],
    ],
    ['no class that only begins alike', { modelClasses: ['cv'] }, {}, ['model-class-not-covered']],
    ['any model', { modelClasses: 'any' }, { model: 'pk.vancomycin-goti-2018' }, []],
    ['no model at all', { modelClasses: [] }, {}, ['model-class-not-covered']],
    ['a use without a model, whatever the models', { modelClasses: [] }, { model: undefined }, []],
    ['the trial it names', { trials: [TRIAL] }, { trial: TRIAL }, []],
    ['no other trial', { trials: [TRIAL] }, { trial: OTHER_TRIAL }, ['trial-not-covered']],
    ['nothing outside of its trials', { trials: [TRIAL] }, {}, ['trial-not-covered']],
    ['no trial when it names none', {}, { trial: TRIAL }, ['trial-not-covered']],
    ['the categories it names', { dataCategories: ['laboratory'] }, { dataCategories: ['laboratory'] }, []],
    [
      'none beside them',
      { dataCategories: ['laboratory'] },
      { dataCategories: ['laboratory', 'genotypes'] },
      ['data-category-not-covered'],
    ],
    ['research without a DUO permission, as wide as the purposes', { duo: [] }, {}, []],
    ['no ancestry permission for other research', { duo: ['DUO:0000011'] }, {}, ['data-use-not-covered']],
    [
      'research on its disease',
      { duo: ['DUO:0000007'], diseases: ['MONDO:0005015'] },
      { disease: 'MONDO:0005015' },
      [],
    ],
    [
      'no research on another',
      { duo: ['DUO:0000007'], diseases: ['MONDO:0005015'] },
      { disease: 'MONDO:0004994' },
      ['data-use-not-covered'],
    ],
    ['no research on none', { duo: ['DUO:0000007'], diseases: ['MONDO:0005015'] }, {}, ['data-use-not-covered']],
    ['no use for profit', { duo: ['DUO:0000042', 'DUO:0000046'] }, { commercial: true }, ['data-use-not-covered']],
    ['none that does not say', { duo: ['DUO:0000042', 'DUO:0000018'] }, {}, ['data-use-not-covered']],
    ['one that says it is not', { duo: ['DUO:0000042', 'DUO:0000045'] }, { commercial: false }, []],
    [
      'no development of methods',
      { duo: ['DUO:0000042', 'DUO:0000015'] },
      { methodsDevelopment: true },
      ['data-use-not-covered'],
    ],
    ['care, which DUO says nothing about', { purposes: ['TREAT'], duo: ['DUO:0000011'] }, { purpose: 'TREAT' }, []],
    [
      'and says everything that is missing',
      { purposes: ['TREAT'], modelClasses: ['pk'], trials: [TRIAL], dataCategories: [] },
      { dataCategories: ['genotypes'] },
      ['purpose-not-covered', 'model-class-not-covered', 'trial-not-covered', 'data-category-not-covered'],
    ],
  ]
  it.each(table)('%s', (_, limits, wanted, gaps) => {
    expect(gapsOf(scope(limits), use(wanted))).toEqual(gaps)
  })
})

// proves TL-CON-003
describe('what several consents cover', () => {
  it('a use by one of them, and never by two together', () => {
    const forResearch = given({ scope: scope({ modelClasses: ['pk'] }) })
    const forCare = given({ consent: C2, scope: scope({ purposes: ['TREAT'] }) })
    const both = after(forResearch, forCare)
    expect(coverUse(both, use({ purpose: 'TREAT' }), NOW)).toEqual({ covered: true, consent: C2 })
    expect(coverUse(both, use(), NOW)).toMatchObject({ covered: false, codes: ['model-class-not-covered'] })
  })

  it('names the first given when more than one covers', () => {
    expect(coverUse(after(given({ consent: C2 }), given()), use(), NOW)).toEqual({ covered: true, consent: C2 })
  })

  it('a withdrawal leaves the others in force', () => {
    expect(coverUse(after(given(), given({ consent: C2 }), withdrawn(C1)), use(), NOW)).toEqual({
      covered: true,
      consent: C2,
    })
  })

  it('says that the consent which would have covered was withdrawn, before it says what another lacks', () => {
    const state = after(given(), given({ consent: C2, scope: scope({ purposes: ['TREAT'] }) }), withdrawn(C1))
    expect(coverUse(state, use(), NOW)).toEqual({ covered: false, codes: ['withdrawn'] })
    expect(coverUse(state, use({ purpose: 'HOPERAT' }), NOW)).toEqual({
      covered: false,
      codes: ['purpose-not-covered'],
    })
  })

  it('says that there is none when the only one that ended was about something else', () => {
    expect(coverUse(after(given(), withdrawn()), use({ purpose: 'TREAT' }), NOW)).toEqual({
      covered: false,
      codes: ['no-consent'],
    })
  })

  it('nothing under a consent that was asked for or refused', () => {
    const request = {
      type: 'consent.requested',
      data: { consent: C1, scope: scope(), notice },
    } as const
    expect(coverUse(after(request), use(), NOW)).toEqual({ covered: false, codes: ['no-consent'] })
  })
})

describe('properties', () => {
  const models = ['cvd', 'cvd.prevent-2023', 'pk', 'ageing.phenoage-2018']
  const anyScope: fc.Arbitrary<ConsentScope> = fc.record(
    {
      purposes: fc.subarray(PURPOSE_CODES),
      duo: fc.subarray(DUO_CODES),
      diseases: fc.subarray(['MONDO:0005015', 'MONDO:0004994']),
      modelClasses: fc.oneof(fc.constant('any' as const), fc.subarray(models)),
      trials: fc.subarray([TRIAL, OTHER_TRIAL], { minLength: 1 }),
      dataCategories: fc.oneof(fc.constant('any' as const), fc.subarray(DATA_CATEGORY_CODES)),
      controller: fc.constant('clinic'),
    },
    { requiredKeys: ['purposes', 'duo', 'modelClasses', 'dataCategories', 'controller'] },
  )
  const anyUse: fc.Arbitrary<Use> = fc.record(
    {
      purpose: fc.constantFrom(...PURPOSE_CODES),
      model: fc.constantFrom('cvd.prevent-2023', 'pk.vancomycin-goti-2018', 'ageing.phenoage-2018'),
      trial: fc.constantFrom(TRIAL, OTHER_TRIAL),
      dataCategories: fc.subarray(DATA_CATEGORY_CODES),
      commercial: fc.boolean(),
      disease: fc.constantFrom('MONDO:0005015', 'MONDO:0004994'),
      methodsDevelopment: fc.boolean(),
    },
    { requiredKeys: ['purpose'] },
  )

  /** A scope made from another by leaving out and by adding conditions; not always a narrower one. */
  const changed = (wide: ConsentScope): fc.Arbitrary<ConsentScope> =>
    fc.record(
      {
        purposes: fc.subarray([...wide.purposes]),
        duo: fc.oneof(
          fc.subarray([...wide.duo]),
          fc.subarray(DUO_CODES).map((more) => [...new Set([...wide.duo, ...more])]),
        ),
        diseases: fc.subarray([...(wide.diseases ?? [])]),
        modelClasses: wide.modelClasses === 'any' ? fc.subarray(models) : fc.subarray([...wide.modelClasses]),
        trials: fc.subarray([...(wide.trials ?? [TRIAL])], { minLength: 1 }),
        dataCategories: fc.constant(wide.dataCategories),
        controller: fc.constant('clinic'),
      },
      { requiredKeys: ['purposes', 'duo', 'modelClasses', 'dataCategories', 'controller'] },
    )

  it('a scope within another covers nothing that the other does not', () => {
    const pairs = anyScope.chain((wide) => fc.tuple(fc.constant(wide), changed(wide)))
    let compared = 0
    fc.assert(
      fc.property(pairs, anyUse, ([wide, narrow], wanted) => {
        if (!isWithin(narrow, wide)) return true
        compared++
        return gapsOf(narrow, wanted).length > 0 || gapsOf(wide, wanted).length === 0
      }),
      { numRuns: 3_000 },
    )
    expect(compared).toBeGreaterThan(100)
  })

  it('a scope is within itself', () => {
    fc.assert(fc.property(anyScope, (one) => isWithin(one, one)))
  })

  it('asking for more data is never easier', () => {
    fc.assert(
      fc.property(anyScope, anyUse, fc.constantFrom(...DATA_CATEGORY_CODES), (limits, wanted, category) => {
        const more = { ...wanted, dataCategories: [...(wanted.dataCategories ?? []), category] }
        return gapsOf(limits, more).length >= gapsOf(limits, wanted).length
      }),
    )
  })

  it('withdrawing never permits what was refused', () => {
    fc.assert(
      fc.property(anyScope, anyScope, anyUse, (one, other, wanted) => {
        const both = after(given({ scope: one }), given({ consent: C2, scope: other }))
        const left = after(given({ scope: one }), given({ consent: C2, scope: other }), withdrawn(C1))
        return coverUse(both, wanted, NOW).covered || !coverUse(left, wanted, NOW).covered
      }),
    )
  })
})
