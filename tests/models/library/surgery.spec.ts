import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pointsIn } from '../../../src/models/library/surgery-p-possum/bands.js'
import { coefficients } from '../../../src/models/library/surgery-p-possum/coefficients.js'
import { pPossum } from '../../../src/models/library/surgery-p-possum/model.js'
import { sort } from '../../../src/models/library/surgery-sort/model.js'
import { between, healthySurgicalPatient, sortPatient } from '../support/people.js'

const isAscending = (values: readonly number[]): boolean =>
  values.every((v, i) => i === 0 || v >= Number(values[i - 1]))

describe('SORT', () => {
  it.each([
    ['asa', ['I', 'II', 'III', 'IV', 'V']],
    ['urgency', ['Ele', 'Exp', 'U', 'I']],
    ['age', [40, 64, 65, 79, 80, 95]],
    ['malignancy', [false, true]],
  ] as const)('neither death nor morbidity becomes less likely with %s', (name, values) => {
    fc.assert(
      fc.property(sortPatient, (patient) => {
        const results = values.map((value) => sort.evaluate({ ...patient, [name]: value }))
        expect(isAscending(results.map(({ mort30 }) => mort30))).toBe(true)
        expect(isAscending(results.map(({ pomsD7 }) => pomsD7))).toBe(true)
      }),
    )
  })

  it('morbidity falls from week to week', () => {
    fc.assert(
      fc.property(sortPatient, (patient) => {
        const { pomsD7, pomsD14, pomsD21, pomsD28 } = sort.evaluate(patient)
        expect(pomsD14).toBeLessThan(pomsD7)
        expect(pomsD21).toBeLessThan(pomsD14)
        expect(pomsD28).toBeLessThan(pomsD21)
      }),
    )
  })

  it('rises with the clinician’s estimate and says for whom morbidity was derived', () => {
    fc.assert(
      fc.property(sortPatient, (patient) => {
        const result = sort.evaluate(patient)
        expect(
          isAscending([
            result.mortWithClinician_lt1,
            result['mortWithClinician_1_2.5'],
            result['mortWithClinician_2.6_5'],
            result['mortWithClinician_5.1_10'],
            result['mortWithClinician_10.1_50'],
            result.mortWithClinician_gt50,
          ]),
        ).toBe(true)
        expect(result.morbidityApplicable).toBe(patient.urgency === 'Ele')
      }),
    )
  })
})

describe('P-POSSUM', () => {
  const bands = coefficients.bands

  it.each(Object.entries(bands))('the bands of %s are ordered and cover every number', (_item, list) => {
    const limits = list.map(({ to }) => to)
    expect(limits).toEqual([...new Set(limits)].sort((a, b) => a - b))
    fc.assert(fc.property(between(0, 15), (value) => expect([1, 2, 4, 8]).toContain(pointsIn(list, value))))
  })

  it.each([
    ['age', [60, 61, 70, 71], [1, 2, 2, 4]],
    ['sbp', [89, 90, 99, 100, 109, 110, 130, 131, 170, 171], [8, 4, 4, 2, 2, 1, 1, 2, 2, 4]],
    ['pulse', [39, 40, 49, 50, 80, 81, 100, 101, 120, 121], [8, 2, 2, 1, 1, 2, 2, 4, 4, 8]],
    ['gcs', [3, 8, 9, 11, 12, 14, 15], [8, 8, 4, 4, 2, 2, 1]],
    ['hb_gL', [99, 100, 114, 115, 129, 130, 160, 161, 170, 171, 180, 181], [8, 4, 4, 2, 2, 1, 1, 2, 2, 4, 4, 8]],
    ['wcc', [3, 3.1, 3.9, 4, 10, 10.1, 20, 20.1], [4, 2, 2, 1, 1, 2, 2, 4]],
    ['urea', [7.5, 7.6, 10, 10.1, 15, 15.1], [1, 2, 2, 4, 4, 8]],
    ['na', [125, 126, 130, 131, 135, 136], [8, 4, 4, 2, 2, 1]],
    ['k', [2.8, 2.9, 3.1, 3.2, 3.4, 3.5, 5, 5.1, 5.3, 5.4, 5.9, 6], [8, 4, 4, 2, 2, 1, 1, 2, 2, 4, 4, 8]],
  ] as const)('scores %s at the ends of its bands as Copeland 1991', (item, values, points) => {
    expect(values.map((value) => pointsIn(bands[item], value))).toEqual(points)
  })

  it('starts at 12 and 6 points and rises with every item', () => {
    const healthy = pPossum.evaluate(healthySurgicalPatient)
    expect([healthy.physiologicalScore, healthy.operativeScore]).toEqual([12, 6])
    for (const change of [{ sbp: 80 }, { wcc: 25 }, { k: 6.1 }, { gcs: 10 }, { cardiac: 8 as const }]) {
      const worse = pPossum.evaluate({ ...healthySurgicalPatient, ...change })
      expect(worse.mortality).toBeGreaterThan(healthy.mortality)
      expect(worse.morbidity).toBeGreaterThan(healthy.morbidity)
    }
  })
})
