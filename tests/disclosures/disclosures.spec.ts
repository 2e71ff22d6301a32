import { describe, expect, it } from '@jest/globals'
import { accountOf, permitsOfReadings } from '../../src/disclosures/accounting.js'
import { inForce, suspensionDecider, type SuspensionCommand } from '../../src/disclosures/suspension.js'
import type { SuspensionEvent } from '../../src/disclosures/events.js'
import type { RecordedEvent } from '../../src/journal/recorded-event.js'

const NOW = '2026-11-22T12:00:00.000Z'
const reading = (org: string | undefined, recordedAt: string, what: string[], type = 'access.values-opened') =>
  ({
    type,
    data: { what, count: 1 },
    header: { recordedAt, purpose: 'CLINTRCH', actor: { id: 'actor-1', role: 'sponsor', org } },
  }) as unknown as RecordedEvent
const account = (readings: RecordedEvent[], more: Partial<Parameters<typeof accountOf>[0]> = {}) =>
  accountOf({
    readings,
    outside: [],
    own: new Set(['clinic']),
    suspended: new Set(),
    recipients: new Map(),
    permits: new Map(),
    now: new Date(NOW),
    ...more,
  })

// proves TL-AUD-004
describe('the accounting of disclosures', () => {
  it('tells date, recipient with address, description and purpose, repeated ones together', () => {
    const recipients = new Map([['sponsor-1', { name: 'Sponsor Ltd', address: 'Street 1' }]])
    const readings = ['2026-01-02', '2026-01-03'].map((day) =>
      reading('sponsor-1', `${day}T00:00:00.000Z`, ['observation', 'condition']),
    )
    expect(account(readings, { recipients })).toEqual([
      {
        recipient: 'Sponsor Ltd',
        address: 'Street 1',
        description: 'condition, observation',
        purpose: 'CLINTRCH',
        first: '2026-01-02T00:00:00.000Z',
        last: '2026-01-03T00:00:00.000Z',
        times: 2,
      },
    ])
  })

  it('goes back six years, and leaves out uses by whoever answers for the data and what was refused', () => {
    expect(account([reading('sponsor-1', '2020-11-22T11:59:59.999Z', ['a'])])).toEqual([])
    expect(account([reading('sponsor-1', '2020-11-22T12:00:00.000Z', ['a'])])).toHaveLength(1)
    expect(account([reading('clinic', NOW, ['a']), reading(undefined, NOW, ['a'])])).toEqual([])
    expect(account([reading('sponsor-1', NOW, ['a'], 'access.refused')])).toEqual([])
  })

  // proves TL-EHD-002
  it('names the data permit under which a run was computed, or was read', () => {
    const [cohort, run, permit] = ['cohort-request', 'run-1', 'permit-1']
    const uses = [
      { type: 'consent.use-authorised', data: { permit, reference: run }, header: { correlation: cohort } },
      { type: 'consent.use-authorised', data: { consent: 'consent-1' }, header: { correlation: 'other' } },
    ] as unknown as RecordedEvent[]
    const read = (data: object, correlation: string) => {
      const { header, ...event } = reading('institute', NOW, ['run'])
      return {
        ...event,
        data: { what: ['run'], count: 1, ...data },
        header: { ...header, correlation },
      } as RecordedEvent
    }
    const readings = [read({}, cohort), read({ run }, 'later'), read({ run: 'run-2' }, 'other')]
    expect(account(readings, { permits: permitsOfReadings(uses) })).toMatchObject([{ permit, times: 2 }, { times: 1 }])
    expect(account(readings)).toHaveLength(1)
  })

  it('leaves out an agency that had it suspended', () => {
    const readings = [reading('authority-1', NOW, ['a']), reading('sponsor-1', NOW, ['a'])]
    const told = account(readings, { suspended: new Set(['authority-1']) })
    expect(told.map(({ recipient }) => recipient)).toEqual(['sponsor-1'])
  })
})

describe('a suspension', () => {
  const suspend = (until: string, statement: 'written' | 'oral'): SuspensionCommand => ({
    type: 'suspend',
    subject: 'subject-1',
    agency: 'authority-1',
    statement,
    until,
  })
  const decide = (command: SuspensionCommand) => suspensionDecider(NOW).decide([], command)

  it('is limited in time, to 30 days when it was asked for orally', () => {
    expect(decide(suspend('2026-12-22T12:00:00.000Z', 'oral'))).toHaveLength(1)
    expect(decide(suspend('2027-12-22T12:00:00.000Z', 'written'))).toHaveLength(1)
    for (const command of [suspend('2026-12-22T12:00:00.001Z', 'oral'), suspend(NOW, 'written')])
      expect(() => decide(command)).toThrow(expect.objectContaining({ code: 'suspension-time-invalid' }))
  })

  it('is over by itself, or is ended early', () => {
    const { evolve, initial } = suspensionDecider(NOW)
    const at = (recordedAt: string) => ({ recordedAt }) as Parameters<typeof evolve>[2]
    const data = {
      subject: 's',
      agency: 'authority-1',
      statement: 'written',
      until: '2026-12-01T00:00:00.000Z',
    } as const
    const suspended = evolve(initial, { type: 'disclosure.accounting-suspended', data }, at('2026-11-01T00:00:00.000Z'))
    expect(inForce(suspended, NOW)).toHaveLength(1)
    expect(inForce(suspended, data.until)).toEqual([])
    const end: SuspensionEvent = { type: 'disclosure.suspension-ended', data: { agency: 'authority-1' } }
    expect(inForce(evolve(suspended, end, at(NOW)), NOW)).toEqual([])
    expect(() => decide({ type: 'end', agency: 'authority-1' })).toThrow(
      expect.objectContaining({ code: 'suspension-not-in-force' }),
    )
  })
})
