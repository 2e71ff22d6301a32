import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { ENROLMENT_CODE, enrolmentCodeFrom } from '../../src/trials/enrolment-code.js'
import { TRIAL_EVENT_TYPES } from '../../src/trials/events.js'
import { enrolmentsOf, UNREGISTERED } from '../../src/trials/trial-state.js'
import { description, enrolled, given, type Happened, JONAS, MARTA, registered, siteOpened, when } from './support.js'

const refusal = (code: string) => expect.objectContaining({ code })
const CODE = 'K7QX-9M2T'
const OTHER_CODE = '0000-0001'
const open = given(registered, siteOpened)
const withMarta = given(registered, siteOpened, enrolled(MARTA, CODE))
const withdrawn = given(registered, siteOpened, enrolled(MARTA, CODE), {
  event: { type: 'trial.subject-withdrawn', data: { code: CODE } },
  subject: MARTA,
})
const closed = given(registered, siteOpened, enrolled(MARTA, CODE), { type: 'trial.closed', data: {} })

describe('registering a trial', () => {
  it('records sponsor and protocol, once', () => {
    expect(when(UNREGISTERED, { type: 'register', description })).toEqual([registered])
    expect(() => when(open, { type: 'register', description })).toThrow(refusal('trial-exists'))
  })
  it('comes before everything else', () => {
    expect(() => when(UNREGISTERED, { type: 'close' })).toThrow(refusal('trial-not-found'))
  })
})

describe('amending the protocol', () => {
  const protocol = { id: 'PROT-042', version: '2.0' }
  it('puts a new version in force', () => {
    expect(when(open, { type: 'amend-protocol', protocol })).toEqual([
      { type: 'trial.protocol-amended', data: { protocol } },
    ])
    expect(given(registered, { type: 'trial.protocol-amended', data: { protocol } }).description?.protocol).toEqual(
      protocol,
    )
  })
  it('to what it is already records nothing', () => {
    expect(when(open, { type: 'amend-protocol', protocol: description.protocol })).toEqual([])
  })
})

describe('sites', () => {
  it('open once, close once, and open again', () => {
    expect(() => when(open, { type: 'open-site', site: 'site-1', country: 'CH' })).toThrow(refusal('site-open'))
    const shut = given(registered, siteOpened, { type: 'trial.site-closed', data: { site: 'site-1' } })
    expect(() => when(shut, { type: 'close-site', site: 'site-1' })).toThrow(refusal('site-closed'))
    expect(when(shut, { type: 'open-site', site: 'site-1', country: 'CH' })).toEqual([siteOpened])
    expect(() => when(open, { type: 'close-site', site: 'site-9' })).toThrow(refusal('site-not-found'))
  })
})

describe('enrolling a person', () => {
  const enrol = { type: 'enrol', subject: JONAS, site: 'site-1', codes: [CODE, OTHER_CODE] } as const
  it('gives them the first code that nobody in the trial has', () => {
    expect(when(open, enrol)).toEqual([{ type: 'trial.subject-enrolled', data: { code: CODE, site: 'site-1' } }])
    expect(when(withMarta, enrol)).toMatchObject([{ data: { code: OTHER_CODE } }])
    expect(() => when(withMarta, { ...enrol, codes: [CODE] })).toThrow(refusal('enrolment-code-taken'))
  })
  it('needs an open site', () => {
    expect(() => when(given(registered), enrol)).toThrow(refusal('site-not-found'))
    const shut = given(registered, siteOpened, { type: 'trial.site-closed', data: { site: 'site-1' } })
    expect(() => when(shut, enrol)).toThrow(refusal('site-closed'))
  })
  it('happens once: not while enrolled, not after a withdrawal', () => {
    expect(() => when(withMarta, { ...enrol, subject: MARTA })).toThrow(refusal('subject-enrolled'))
    expect(() => when(withdrawn, { ...enrol, subject: MARTA })).toThrow(refusal('subject-withdrawn'))
  })
  // proves TL-TRL-001
  it('never gives a code twice, whatever is drawn', () => {
    const draws = fc.array(fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 }), { maxLength: 8 })
    fc.assert(
      fc.property(draws, (drawn) => {
        const happened: Happened[] = [registered, siteOpened]
        for (const [index, codes] of drawn.entries()) {
          const subject = `person-${index}`
          try {
            const [event] = when(given(...happened), { type: 'enrol', subject, site: 'site-1', codes })
            happened.push({ event: event!, subject })
          } catch (error) {
            expect(error).toMatchObject({ code: 'enrolment-code-taken' })
          }
        }
        const { byCode, bySubject } = enrolmentsOf(given(...happened))
        expect(byCode.size).toBe(happened.length - 2)
        expect(bySubject.size).toBe(byCode.size)
      }),
    )
  })
})

describe('withdrawing a person', () => {
  it('is possible once, by their code', () => {
    expect(when(withMarta, { type: 'withdraw', code: CODE })).toEqual([
      { type: 'trial.subject-withdrawn', data: { code: CODE } },
    ])
    expect(() => when(withdrawn, { type: 'withdraw', code: CODE })).toThrow(refusal('subject-withdrawn'))
    expect(() => when(withMarta, { type: 'withdraw', code: OTHER_CODE })).toThrow(refusal('enrolment-not-found'))
  })
  // proves TL-TRL-002
  it('stays possible when the trial is closed, unlike everything else', () => {
    expect(when(closed, { type: 'withdraw', code: CODE })).toHaveLength(1)
    expect(() => when(closed, { type: 'enrol', subject: JONAS, site: 'site-1', codes: [OTHER_CODE] })).toThrow(
      refusal('trial-closed'),
    )
    expect(() => when(closed, { type: 'close' })).toThrow(refusal('trial-closed'))
  })
})

describe('enrolment codes', () => {
  it('are eight readable characters, different for different random ids', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (uuid) => {
        expect(enrolmentCodeFrom(uuid)).toMatch(ENROLMENT_CODE)
      }),
    )
    expect(enrolmentCodeFrom('ffffffff-ff00-4000-8000-000000000000')).toBe('ZZZZ-ZZZZ')
    expect(enrolmentCodeFrom('00000000-0100-4000-8000-000000000000')).toBe('0000-0001')
  })
})

it('every event is read aloud, with and without its payload', () => {
  const header = { actor: { id: 'a', role: 'sponsor' }, reason: 'completed' } as never
  for (const { describe } of TRIAL_EVENT_TYPES) {
    expect(describe(null, header)).toMatch(/^[A-Z].*\.$/)
  }
})
