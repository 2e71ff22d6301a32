import { describe, expect, it } from '@jest/globals'
import type { Journal } from '../../src/journal/journal.js'
import type { Shutdown } from '../../src/platform/shutdown.js'
import type { RosterEvent } from '../../src/roster/events.js'
import { LiveRoster } from '../../src/roster/live-roster.js'

const ADA = 'ada'
const HELD_UNTIL = '2026-05-01T00:00:00.000Z'
const HISTORY: RosterEvent[] = [
  {
    type: 'roster.opened',
    data: { basis: 'configuration', people: [{ actor: ADA, grant: 'g-0', role: 'administrator', scope: {} }] },
  },
  {
    type: 'roster.grant-requested',
    data: {
      grant: 'g-1',
      actor: ADA,
      role: 'regulator',
      scope: {},
      from: '2026-01-01T00:00:00.000Z',
      until: HELD_UNTIL,
    },
  },
  { type: 'roster.grant-approved', data: { grant: 'g-1', actor: ADA } },
  { type: 'roster.grant-executed', data: { grant: 'g-1', actor: ADA } },
  {
    type: 'roster.emergency-opened',
    data: { emergency: 'e-1', actor: ADA, subject: 's-1', twin: 't-1', until: HELD_UNTIL },
  },
]

/** The roster of a log whose newest event, of any kind, was recorded at this time. */
async function rosterOf(newest: string): Promise<LiveRoster> {
  const recordedAt = '2026-01-02T00:00:00.000Z'
  const events = HISTORY.map((event, revision) => ({
    ...event,
    position: revision,
    header: { id: `event-${revision}`, stream: 'roster', revision, type: event.type, recordedAt, actor: { id: ADA } },
  }))
  const store = {
    head: async () => ({ size: 100, recordedAt: newest }),
    readStream: async (_stream: string, { from }: { from: number }) => events.slice(from),
    subscribe: async function* () {},
  }
  const journal = { store, openAll: async (stored: unknown) => stored } as unknown as Journal
  const roster = new LiveRoster(journal, { onPhase: () => undefined } as unknown as Shutdown)
  await roster.onApplicationBootstrap()
  return roster
}

describe('a right that had ended', () => {
  const rightsAt = (roster: LiveRoster, clock: string) => {
    const { grants, emergencies } = roster.standingOf(ADA, new Date(clock))
    return [grants.map(({ role }) => role), emergencies]
  }

  it('is in force until its end', async () => {
    const roster = await rosterOf('2026-04-01T00:00:00.000Z')
    expect(rightsAt(roster, '2026-04-30T00:00:00.000Z')).toEqual([['administrator', 'regulator'], ['s-1']])
    expect(rightsAt(roster, HELD_UNTIL)).toEqual([['administrator'], []])
  })

  // proves TL-IDN-023
  it('is not revived by a clock that was set back behind the log', async () => {
    const roster = await rosterOf('2026-06-01T00:00:00.000Z')
    expect(rightsAt(roster, '2026-04-01T00:00:00.000Z')).toEqual([['administrator'], []])
  })
})
