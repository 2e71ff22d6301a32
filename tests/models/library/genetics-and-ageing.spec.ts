import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type PhenoAgeInput, phenoAge2018, survival } from '../../../src/models/library/ageing-phenoage-2018/model.js'
import { GENES, knowsAllele, phenotypeOf } from '../../../src/models/library/pgx-cpic-phenotype/metabolizer.js'
import { cpicPhenotype } from '../../../src/models/library/pgx-cpic-phenotype/model.js'
import { warfarinIwpc2009 } from '../../../src/models/library/pgx-warfarin-iwpc-2009/model.js'
import { between } from '../support/people.js'

describe('phenotypic age', () => {
  const person: fc.Arbitrary<PhenoAgeInput> = fc.record({
    albumin_gL: between(30, 50),
    creatinine_umolL: between(40, 150),
    glucose_mmolL: between(4, 10),
    lnCRP_mgdL: between(-4, 1),
    lymph_pct: between(15, 45),
    mcv_fL: between(80, 100),
    rdw_pct: between(11, 16),
    alp_UL: between(30, 150),
    wbc_10e9L: between(3, 12),
    age: between(20, 84),
  })

  it.each(['creatinine_umolL', 'glucose_mmolL', 'lnCRP_mgdL', 'rdw_pct', 'alp_UL', 'wbc_10e9L'] as const)(
    'rises with %s',
    (marker) => {
      fc.assert(
        fc.property(person, (input) => {
          const raised = phenoAge2018.evaluate({ ...input, [marker]: input[marker] + 0.5 })
          expect(raised.phenoAge).toBeGreaterThan(phenoAge2018.evaluate(input).phenoAge)
        }),
      )
    },
  )

  it('falls with albumin and lymphocytes', () => {
    fc.assert(
      fc.property(person, (input) => {
        const better = { ...input, albumin_gL: input.albumin_gL + 2, lymph_pct: input.lymph_pct + 2 }
        expect(phenoAge2018.evaluate(better).phenoAge).toBeLessThan(phenoAge2018.evaluate(input).phenoAge)
      }),
    )
  })

  it('survival starts at 1 and falls; ten years of it are close to the published score', () => {
    fc.assert(
      fc.property(person, (input) => {
        const { xb, surv5y, surv10y, mort10y } = phenoAge2018.evaluate(input)
        expect(survival(xb, 0)).toBe(1)
        expect(surv5y).toBeGreaterThanOrEqual(surv10y)
        expect(Math.abs(1 - surv10y - mort10y)).toBeLessThan(0.002)
      }),
    )
  })
})

describe('the warfarin dose', () => {
  const patient = {
    age: 66,
    height_cm: 168,
    weight_kg: 74,
    vkorc1_1639: 'GG',
    cyp2c9: '*1/*1',
    race: 'white',
    enzymeInducer: 0,
    amiodarone: 0,
  } as const
  const weekly = (change: object): number => warfarinIwpc2009.evaluate({ ...patient, ...change }).weekly_mg

  it('falls with each variant allele and with amiodarone, and rises with an inducer', () => {
    expect(weekly({ vkorc1_1639: 'AG' })).toBeLessThan(weekly({}))
    expect(weekly({ vkorc1_1639: 'AA' })).toBeLessThan(weekly({ vkorc1_1639: 'AG' }))
    const falling = ['*1/*1', '*1/*2', '*1/*3', '*2/*2', '*2/*3', '*3/*3'].map((cyp2c9) => weekly({ cyp2c9 }))
    expect([...falling].sort((a, b) => b - a)).toEqual(falling)
    expect(weekly({ amiodarone: 1 })).toBeLessThan(weekly({}))
    expect(weekly({ enzymeInducer: true })).toBeGreaterThan(weekly({}))
  })

  it('does not depend on the order of alleles', () => {
    expect(weekly({ cyp2c9: '*3/*2', vkorc1_1639: 'GA' })).toBe(weekly({ cyp2c9: '*2/*3', vkorc1_1639: 'AG' }))
  })

  it('has one term for mixed and missing race', () => {
    expect(weekly({ race: 'missing' })).toBe(weekly({ race: 'mixed' }))
  })

  it.each(['*1/*5', '*1/*6', '*8/*8', '*1/*11', '*2', ''])('refuses CYP2C9 %s instead of calling it *1', (cyp2c9) => {
    expect(warfarinIwpc2009.refusals({ ...patient, cyp2c9 })).toMatchObject([{ input: 'cyp2c9', code: 'not-allowed' }])
  })
})

describe('the CPIC phenotype', () => {
  it.each([
    ['CYP2C19', '*17/*17', 'Ultrarapid Metabolizer'],
    ['CYP2C19', '*17/*1', 'Rapid Metabolizer'],
    ['CYP2C19', '*2/*17', 'Intermediate Metabolizer'],
    ['CYP2C19', '*1/*9', 'Likely Intermediate Metabolizer'],
    ['CYP2C19', '*9/*17', 'Likely Intermediate Metabolizer'],
    ['CYP2C19', '*9/*10', 'Likely Intermediate Metabolizer'],
    ['CYP2C19', '*2/*9', 'Likely Poor Metabolizer'],
    ['CYP2C19', '*2/*12', 'Indeterminate'],
    ['CYP2C19', '*11/*38', 'Normal Metabolizer'],
    ['CYP2C9', '*1/*2', 'Intermediate Metabolizer'],
    ['CYP2C9', '*1/*9', 'Normal Metabolizer'],
    ['CYP2C9', '*2/*3', 'Poor Metabolizer'],
    ['CYP2C9', '*1/*7', 'Indeterminate'],
  ] as const)('of %s %s is %s', (gene, diplotype, phenotype) => {
    expect(cpicPhenotype.evaluate({ gene, diplotype })).toEqual({ phenotype })
  })

  it.each(GENES)('of %s exists for every pair of listed alleles, in either order', (gene) => {
    const alleles = Array.from({ length: 100 }, (_, allele) => allele).filter((allele) => knowsAllele(gene, allele))
    expect(alleles.length).toBeGreaterThan(2)
    for (const first of alleles) {
      for (const second of alleles) {
        expect(phenotypeOf[gene](first, second)).toMatch(/Metabolizer$|^Indeterminate$/)
        expect(phenotypeOf[gene](first, second)).toBe(phenotypeOf[gene](second, first))
      }
    }
  })

  it.each(['*1/*999', '*1', '*1/*2/*3', 'normal', '*2x2/*1'])('refuses the diplotype %s', (diplotype) => {
    expect(cpicPhenotype.refusals({ gene: 'CYP2C19', diplotype })).toMatchObject([
      { input: 'diplotype', code: 'not-allowed' },
    ])
  })
})
