import { describe, expect, it } from '@jest/globals'
import { ACTIONS } from '../../src/identity/actions.js'
import { decide, decideByRole, mayList, opensByEmergency, type Resource } from '../../src/identity/decide-access.js'
import { permission } from '../../src/identity/policy.js'
import { purposesOf, readingPurposeOf, readPurpose } from '../../src/identity/purpose-of-use.js'
import { PURPOSES_OF_USE } from '../../src/identity/purposes.js'
import { ROLES } from '../../src/identity/roles.js'
import { PROCESSING_REGISTER } from '../../src/processing/register.js'
import { callerAs } from './support/callers.js'

const PATIENT: Resource = { subject: 'subject-1', twin: 'twin-1', site: 'site-1' }
const PARTICIPANT: Resource = { ...PATIENT, trial: 'trial-1' }
const CONSENTED: Resource = { ...PATIENT, consented: true, purpose: 'HRESCH' }
const OTHER_PURPOSE = { allowed: false, code: 'other-purpose' }

// proves TL-IDN-024
describe('what a request is made for', () => {
  it('is a code of a closed list, or is not said', () => {
    expect(readPurpose(undefined)).toBeUndefined()
    for (const code of PURPOSES_OF_USE) expect(readPurpose(code)).toBe(code)
    for (const other of ['', 'treat', 'HMARKT', 'TREAT, HRESCH'])
      expect(() => readPurpose(other)).toThrow(expect.objectContaining({ code: 'purpose-of-use-invalid' }))
  })

  it('is within what the role is for, which the records of processing know', () => {
    for (const role of ROLES) {
      const purposes = purposesOf(callerAs(role))
      expect(purposes.length).toBeGreaterThan(0)
      for (const purpose of purposes) expect(PROCESSING_REGISTER[purpose].bases.length).toBeGreaterThan(0)
    }
    expect(ROLES.filter((role) => purposesOf(callerAs(role)).includes('TREAT'))).toEqual(['investigator'])
  })

  it('closes everything to a request that declares what the role or the grant is not for', () => {
    const strangers = [
      callerAs('modeller', { purpose: 'TREAT' }),
      callerAs('investigator', { purpose: 'TREAT', purposes: ['CLINTRCH'] }),
    ]
    for (const stranger of strangers)
      for (const action of ACTIONS) expect(decideByRole(stranger, action)).toMatchObject(OTHER_PURPOSE)
  })

  it('opens to a trial’s purpose the participants of the trial, and no other patient of the site', () => {
    for (const limits of [{ purposes: ['CLINTRCH'] }, { purpose: 'CLINTRCH' as const }]) {
      const onTrial = callerAs('investigator', limits)
      for (const action of ['twin.read-coded', 'twin.read-identity', 'simulation.read', 'consent.read'] as const) {
        expect(decide(onTrial, action, PARTICIPANT).allowed).toBe(true)
        expect(decide(onTrial, action, PATIENT)).toMatchObject(OTHER_PURPOSE)
      }
    }
    expect(decide(callerAs('investigator'), 'twin.read-coded', PATIENT).allowed).toBe(true)
  })

  it('opens to research those who consented to it', () => {
    const researching = callerAs('investigator', { purpose: 'HRESCH' })
    expect(decide(researching, 'twin.read-coded', CONSENTED).allowed).toBe(true)
    expect(decide(researching, 'twin.read-coded', PATIENT)).toMatchObject(OTHER_PURPOSE)
  })

  it('asks of a right that rests on consent that the consent is to this purpose', () => {
    const onTrial = callerAs('modeller', { purposes: ['CLINTRCH'] })
    expect(decide(onTrial, 'twin.read-coded', { ...CONSENTED, trial: 'trial-1' })).toMatchObject(OTHER_PURPOSE)
    expect(decide(onTrial, 'twin.read-coded', { ...CONSENTED, purpose: 'CLINTRCH' }).allowed).toBe(true)
  })

  it('is that of the run which is asked for', () => {
    const running = (purpose: string) => decide(callerAs('modeller'), 'simulation.run', { ...PATIENT, purpose })
    expect(running('HRESCH').allowed).toBe(true)
    expect(running('TREAT')).toMatchObject(OTHER_PURPOSE)
    const declared = callerAs('modeller', { purpose: 'CLINTRCH' })
    expect(decide(declared, 'simulation.run', { ...PATIENT, purpose: 'HRESCH' })).toMatchObject(OTHER_PURPOSE)
  })

  it('keeps lists to what it reaches', () => {
    const onTrial = callerAs('investigator', { purposes: ['CLINTRCH'] })
    expect(mayList(onTrial, 'twin.read-coded', undefined)).toBe(false)
    expect(mayList(onTrial, 'twin.read-coded', 'trial-1')).toBe(true)
    expect(mayList(callerAs('investigator', { purpose: 'HRESCH' }), 'twin.read-coded', 'trial-1')).toBe(false)
    const readers = ROLES.filter((role) => permission(role, 'twin.read-coded') !== 'deny')
    for (const role of readers) expect(mayList(callerAs(role), 'twin.read-coded', undefined)).toBe(true)
  })

  it('does not stand in the way of an emergency', () => {
    const hurried = callerAs('investigator', { purposes: ['CLINTRCH'], emergencies: ['subject-1'] })
    const elsewhere = { ...PATIENT, site: 'site-9' }
    expect(decide(hurried, 'twin.read-identity', elsewhere).allowed).toBe(true)
    expect(opensByEmergency(hurried, 'twin.read-identity', elsewhere)).toBe(true)
    expect(opensByEmergency(hurried, 'twin.read-identity', PATIENT)).toBe(false)
  })

  it('is, where nothing is said, the first that the role and the grant are for', () => {
    expect(readingPurposeOf(callerAs('investigator'))).toEqual({ atLarge: 'TREAT', inTrial: 'TREAT' })
    expect(readingPurposeOf(callerAs('investigator', { purposes: ['HQUALIMP', 'CLINTRCH'] }))).toMatchObject({
      atLarge: 'CLINTRCH',
    })
    expect(readingPurposeOf(callerAs('modeller'))).toEqual({ atLarge: 'HRESCH', inTrial: 'CLINTRCH' })
    expect(readingPurposeOf(callerAs('modeller', { purposes: ['HRESCH'] }))).toMatchObject({ inTrial: 'HRESCH' })
    expect(readingPurposeOf(callerAs('modeller', { purposes: ['TREAT'] }))).toBeUndefined()
  })
})
