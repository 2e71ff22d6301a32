import { describe, expect, it } from '@jest/globals'
import { generatePatients } from '../../../src/evaluation/generator/index.js'
import { correlation, mean, ofType, population, readings, REFERENCE_DATE } from './support/population.js'

const people = population(300)
const clean = people.filter(({ profile }) => profile.defects.length === 0)
const today = Date.parse(`${REFERENCE_DATE}T00:00:00Z`)
const DAY = 86_400_000

const PHENO_AGE_CODES = ['1751-7', '2345-7', '1988-5', '736-9', '787-2', '788-0', '6768-6', '6690-2']

/** Value in the conventional unit of the newest reading with one of the codes. */
function newest(patient: (typeof people)[number], ...codes: string[]): number | undefined {
  const reading = readings(patient).findLast(({ code, status }) => codes.includes(code) && status === 'final')
  const { value, unit } = reading?.quantity ?? {}
  if (value === undefined) return undefined
  if (unit === 'mmol/L') return value / 0.02586
  return unit === 'umol/L' ? value / 88.42 : value
}

const systolic = (patient: (typeof people)[number]) => newest(patient, '8480-6')
const cholesterol = (patient: (typeof people)[number]) => newest(patient, '2093-3', '14647-2')
const hdl = (patient: (typeof people)[number]) => newest(patient, '2085-9', '14646-4')
const hasDrug = (patient: (typeof people)[number], ...rxcuis: string[]) =>
  [...ofType(patient, 'MedicationRequest'), ...ofType(patient, 'MedicationStatement')].some((medication) =>
    rxcuis.includes(medication.medicationCodeableConcept?.coding?.[0]?.code ?? ''),
  )

describe.each([1, 2, 3, 2026])('every sixty patients of seed %i hold what a demonstration needs', (seed) => {
  const sixty = population(60, seed)
  const count = (test: (patient: (typeof sixty)[number]) => boolean) => sixty.filter(test).length

  it('about 70 % are ready for PREVENT', () => {
    const ready = count(({ profile }) => profile.preventObstacles.length === 0)
    expect(ready).toBeGreaterThanOrEqual(38)
    expect(ready).toBeLessThanOrEqual(44)
  })

  it('at least five have every PhenoAge input', () => {
    const measured = (patient: (typeof sixty)[number]) => new Set(readings(patient).map(({ code }) => code))
    const full = count((patient) => PHENO_AGE_CODES.every((code) => measured(patient).has(code)))
    expect(full).toBeGreaterThanOrEqual(5)
    expect(count(({ profile }) => profile.phenoAgeObstacles.length === 0)).toBe(full)
  })

  it('at least four had a cardiovascular event', () => {
    const events = ['22298006', '230690007']
    const recorded = count((patient) =>
      ofType(patient, 'Condition').some(({ code }) => events.includes(code?.coding?.[0]?.code ?? '')),
    )
    expect(recorded).toBeGreaterThanOrEqual(4)
    expect(recorded).toBe(count(({ profile }) => profile.priorCardiovascularEvent))
  })

  it('some are younger and some older than the models allow, all are adults', () => {
    const ages = sixty.map(({ profile }) => profile.age)
    expect(ages.filter((age) => age < 30).length).toBeGreaterThanOrEqual(3)
    expect(ages.filter((age) => age > 79).length).toBeGreaterThanOrEqual(3)
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(19)
    expect(Math.max(...ages)).toBeLessThanOrEqual(88)
  })

  it('some have genotypes, echocardiograms, operations, warfarin and units of both kinds', () => {
    expect(count((patient) => readings(patient).some(({ code }) => code === '84413-4'))).toBeGreaterThanOrEqual(8)
    expect(count((patient) => newest(patient, '29436-3') !== undefined)).toBeGreaterThanOrEqual(8)
    expect(count((patient) => ofType(patient, 'Procedure').length > 0)).toBeGreaterThanOrEqual(10)
    expect(count((patient) => hasDrug(patient, '11289'))).toBeGreaterThanOrEqual(3)
    expect(count((patient) => readings(patient).some(({ code }) => code === '14682-9'))).toBeGreaterThanOrEqual(8)
    expect(count((patient) => readings(patient).some(({ code }) => code === '2160-0'))).toBeGreaterThanOrEqual(20)
  })
})

describe('values are those of a population', () => {
  it.each([
    ['systolic pressure, mm[Hg]', systolic, 118, 136],
    ['total cholesterol, mg/dL', cholesterol, 180, 212],
    ['HDL cholesterol, mg/dL', hdl, 47, 57],
    ['body mass index, kg/m2', (patient: (typeof people)[number]) => newest(patient, '39156-5'), 25, 29.5],
    ['eGFR, mL/min/{1.73_m2}', (patient: (typeof people)[number]) => newest(patient, '98979-8'), 78, 98],
    ['potassium, mmol/L', (patient: (typeof people)[number]) => onlyUnit(patient, '2823-3'), 4, 4.6],
  ] as const)('mean %s', (_name, read, low, high) => {
    const average = mean(clean.flatMap((patient) => read(patient) ?? []))
    expect(average).toBeGreaterThan(low)
    expect(average).toBeLessThan(high)
  })

  it('pressure rises and filtration falls from one age band to the next', () => {
    const band = (low: number, high: number) => clean.filter(({ profile }) => profile.age >= low && profile.age < high)
    const bands = [band(19, 40), band(40, 60), band(60, 89)]
    const pressures = bands.map((patients) => mean(patients.flatMap((patient) => systolic(patient) ?? [])))
    const filtrations = bands.map((patients) => mean(patients.flatMap((patient) => newest(patient, '98979-8') ?? [])))
    expect(pressures).toEqual([...pressures].sort((left, right) => left - right))
    expect(filtrations).toEqual([...filtrations].sort((left, right) => right - left))
  })

  it('women have more HDL cholesterol than men', () => {
    const of = (sex: string) => mean(clean.filter(({ profile }) => profile.sex === sex).flatMap((p) => hdl(p) ?? []))
    expect(of('female') - of('male')).toBeGreaterThan(4)
  })

  it('adiposity goes with less HDL cholesterol and a higher pressure', () => {
    const pairs = (read: typeof hdl) =>
      clean.map((patient) => [newest(patient, '39156-5') as number, read(patient) as number] as const)
    expect(correlation(pairs(hdl))).toBeLessThan(-0.15)
    expect(correlation(pairs(systolic))).toBeGreaterThan(0.05)
  })

  it('a person stays alike: visits differ less within than between people', () => {
    const series = clean.map((patient) =>
      readings(patient).flatMap(({ code, quantity }) => (code === '2085-9' ? [quantity?.value ?? 0] : [])),
    )
    const successive = series.flatMap((values) =>
      values.slice(1).map((value, index) => [values[index] as number, value] as const),
    )
    expect(correlation(successive)).toBeGreaterThan(0.75)
  })

  it('a statin lowers LDL cholesterol after its start', () => {
    const falls = clean.flatMap((patient) => {
      const statin = ofType(patient, 'MedicationRequest').find(({ medicationCodeableConcept }) =>
        ['83367', '301542', '36567', '42463'].includes(medicationCodeableConcept?.coding?.[0]?.code ?? ''),
      )
      const start = Date.parse(statin?.authoredOn ?? '')
      const ldl = readings(patient).filter(({ code }) => code === '13457-7')
      const before = ldl.filter(({ at }) => at < start + DAY).map(({ quantity }) => quantity?.value ?? 0)
      const after = ldl.filter(({ at }) => at > start + DAY).map(({ quantity }) => quantity?.value ?? 0)
      return before.length > 0 && after.length > 0 ? [1 - mean(after) / mean(before)] : []
    })
    expect(falls.length).toBeGreaterThan(10)
    expect(mean(falls)).toBeGreaterThan(0.25)
    expect(mean(falls)).toBeLessThan(0.5)
  })
})

describe('a clean record adds up', () => {
  it('follows each patient for one to eight years, up to four months before the reference date', () => {
    for (const patient of clean) {
      const starts = ofType(patient, 'Encounter').map(({ period }) => Date.parse(period?.start ?? ''))
      const years = (Math.max(...starts) - Math.min(...starts)) / (365.25 * DAY)
      expect(years).toBeGreaterThan(0.4)
      expect(years).toBeLessThan(8.1)
      expect(Math.max(...starts)).toBeLessThan(today)
      expect(Math.max(...starts)).toBeGreaterThan(today - 125 * DAY)
    }
  })

  it('calculates body mass index from the recorded height and weight', () => {
    for (const patient of clean) {
      const [height = 0, weight = 0] = [newest(patient, '8302-2'), newest(patient, '29463-7')]
      expect(newest(patient, '39156-5')).toBeCloseTo(weight / (height / 100) ** 2, 1)
    }
  })

  it('calculates LDL cholesterol from the other lipids by Friedewald', () => {
    const withLdl = clean.filter((candidate) => newest(candidate, '13457-7') !== undefined)
    expect(withLdl.length).toBeGreaterThan(clean.length / 2)
    for (const patient of withLdl) {
      const [total = 0, high = 0, triglycerides = 0] = [cholesterol(patient), hdl(patient), newest(patient, '2571-8')]
      expect(newest(patient, '13457-7')).toBeCloseTo(total - high - triglycerides / 5, -0.5)
    }
  })
})

describe('what the profile promises is in the bundle', () => {
  it.each(people.slice(0, 60).map(({ profile }) => profile.number))(
    'patient %i is ready for PREVENT only with inputs in range',
    (number) => {
      const patient = people[number - 1] as (typeof people)[number]
      if (patient.profile.preventObstacles.length > 0) return
      const inRange = (value: number | undefined, low: number, high: number) =>
        value !== undefined && value >= low && value <= high
      expect(patient.profile.age).toBeGreaterThanOrEqual(30)
      expect(patient.profile.age).toBeLessThanOrEqual(79)
      expect(inRange(cholesterol(patient), 129.5, 320.5)).toBe(true)
      expect(inRange(hdl(patient), 20, 100)).toBe(true)
      expect(inRange(systolic(patient), 90, 180)).toBe(true)
      expect(inRange(newest(patient, '39156-5'), 18.5, 39.9)).toBe(true)
      expect(inRange(newest(patient, '98979-8'), 15, 140)).toBe(true)
      expect(readings(patient).some(({ code }) => code === '72166-2')).toBe(true)
    },
  )
})

it('dates follow the reference date given, not the clock', () => {
  const [past] = generatePatients({ count: 1, seed: 1, referenceDate: '2001-06-30' })
  expect(past && ofType(past, 'Encounter').every(({ period }) => String(period?.start) < '2001-06-30')).toBe(true)
})

function onlyUnit(patient: (typeof people)[number], code: string): number | undefined {
  return readings(patient).findLast((reading) => reading.code === code)?.quantity?.value
}
