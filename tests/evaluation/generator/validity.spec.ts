import { describe, expect, it } from '@jest/globals'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import { medplumProblems, secondValidatorProblems } from './support/fhir-validators.js'
import { ofType, population, resources } from './support/population.js'

/** As a receiver gets it: through JSON. */
const received = population(60).map(({ bundle, profile }) => ({
  bundle: JSON.parse(JSON.stringify(bundle)) as Bundle,
  profile,
}))

/** One patient of each combination of what can be planted; @medplum/core takes a third of a second for a bundle. */
const varieties = [...new Map(received.map((patient) => [varietyOf(patient), patient])).values()]

function varietyOf({ profile: { defects, genotyped, echocardiogram, surgery } }: (typeof received)[number]): string {
  return JSON.stringify([defects, genotyped, echocardiogram, surgery])
}

describe('generated bundles are valid FHIR R4', () => {
  it('in the eyes of @medplum/core', () => {
    expect(varieties.length).toBeGreaterThan(12)
    expect(varieties.flatMap(({ bundle }) => medplumProblems(bundle))).toEqual([])
  })

  it('in the eyes of npm fhir', () => {
    expect(received.flatMap(({ bundle }) => secondValidatorProblems(bundle))).toEqual([])
  })

  it('and both validators would have noticed a wrong resource', () => {
    const wrongDate = { resourceType: 'Patient', birthDate: '1970/13/45' } as FhirResource
    const wrongCode = { resourceType: 'Patient', gender: 'robot' } as unknown as FhirResource
    expect(medplumProblems(wrongDate)).not.toEqual([])
    expect(secondValidatorProblems(wrongCode)).not.toEqual([])
  })
})

describe('a generated bundle is one transaction', () => {
  it.each(received)('patient $profile.number: posts every resource under its own urn:uuid', ({ bundle }) => {
    const entries = bundle.entry ?? []
    expect(bundle.type).toBe('transaction')
    for (const { fullUrl, resource, request } of entries) {
      expect(fullUrl).toBe(`urn:uuid:${resource?.id}`)
      expect(request).toMatchObject({ method: 'POST', url: resource?.resourceType })
    }
    expect(entries.filter(({ resource }) => resource?.resourceType === 'Patient')).toHaveLength(1)
  })

  it('resolves every reference inside its own bundle', () => {
    for (const { bundle } of received) {
      const known = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl))
      expect(referencesIn(bundle).filter((target) => !known.has(target))).toEqual([])
    }
  })

  it('uses no UUID twice, in any bundle', () => {
    const ids = received.flatMap((patient) => [patient.bundle.id, ...resources(patient).map(({ id }) => id)])
    const versionFour = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(ids.filter((id) => !versionFour.test(id ?? ''))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('writes every time with its zone', () => {
    const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/
    const times = received.flatMap((patient) =>
      ofType(patient, 'Observation').flatMap(({ effectiveDateTime, issued }) => [effectiveDateTime, issued]),
    )
    expect(times.filter((time) => !zoned.test(time ?? ''))).toEqual([])
  })
})

describe('a generated patient is evidently fictional', () => {
  it.each(received)('patient $profile.number: marked as test data, reachable by nobody', (patient) => {
    const [person] = ofType(patient, 'Patient')
    expect(person?.meta?.security?.[0]?.code).toBe('HTEST')
    expect(person?.identifier?.[0]?.system).toMatch(/^https:\/\/hospital\.example\.org\//)
    expect(person?.telecom?.map(({ value }) => value)).toEqual([
      expect.stringMatching(/^\+1-202-555-01\d\d$/),
      expect.stringMatching(/@example\.org$/),
    ])
    expect(person?.address?.[0]?.country).toBe('ZZ')
  })

  it('comes with names of several scripts', () => {
    const families = received.flatMap((patient) =>
      ofType(patient, 'Patient').map(({ name }) => name?.[0]?.family ?? ''),
    )
    for (const script of [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Han}/u]) {
      expect(families.some((family) => script.test(family))).toBe(true)
    }
    expect(families.every((family) => family === family.normalize('NFC'))).toBe(true)
  })
})

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  )
}
