import { describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { ForgettingEvent } from '../../src/privacy/forgetting/events.js'
import { decide, forgettingDecider, type ForgettingCommand } from '../../src/privacy/forgetting/forgetting.js'
import { NOTHING_FORGOTTEN, type ForgettingState } from '../../src/privacy/forgetting/forgetting-state.js'

const E = 'erasure-1'
const H = 'hold-1'
const ALL = {
  ground: '17-1-b',
  classes: ['identity', 'trial-record', 'optional-research', 'contact'],
  retained: [],
} as const

const by = (id: string) =>
  ({ actor: { id, role: 'somebody' }, id: `event of ${id}`, position: 0, recordedAt: '' }) as EventMetadata
/** The state after events, each by somebody. */
const given = (...events: [ForgettingEvent, string][]): ForgettingState =>
  events.reduce((state, [event, actor]) => forgettingDecider.evolve(state, event, by(actor)), NOTHING_FORGOTTEN)
const typesOf = (state: ForgettingState, command: ForgettingCommand) => decide(state, command).map(({ type }) => type)

const decided: [ForgettingEvent, string] = [
  { type: 'privacy.erasure-decided', data: { erasure: E, request: 'r', ...ALL } },
  'compliance',
]
const confirmed: [ForgettingEvent, string] = [{ type: 'privacy.erasure-confirmed', data: { erasure: E } }, 'qa']
const started: [ForgettingEvent, string] = [{ type: 'privacy.erasure-started', data: { erasure: E } }, 'admin']
const held: [ForgettingEvent, string] = [
  { type: 'privacy.hold-placed', data: { hold: H, requestedBy: 'regulator', ground: 'inspection' } },
  'compliance',
]
const destroyed = {
  type: 'privacy.keys-destroyed',
  data: { erasure: E, classes: ['identity'], kids: ['k'] },
} as const
const destroy: ForgettingCommand = { type: 'record-step', event: destroyed }
const decideAll: ForgettingCommand = { type: 'decide-erasure', erasure: E, request: 'r', ...ALL }

describe('an erasure', () => {
  it('needs three different persons', () => {
    const confirm = (actor: string) => decide(given(decided), { type: 'confirm-erasure', erasure: E, by: actor })
    expect(() => confirm('compliance')).toThrow(expect.objectContaining({ code: 'second-person-required' }))
    expect(confirm('qa')).toHaveLength(1)
    const start = (actor: string) => decide(given(decided, confirmed), { type: 'start-erasure', erasure: E, by: actor })
    for (const actor of ['compliance', 'qa'])
      expect(() => start(actor)).toThrow(expect.objectContaining({ code: 'second-person-required' }))
    expect(start('admin')).toHaveLength(1)
  })

  it('answers for every class of data once: erased, or kept on a ground', () => {
    const partly = (retained: object[]) =>
      ({ ...decideAll, classes: ['identity', 'contact'], retained }) as ForgettingCommand
    expect(() => decide(NOTHING_FORGOTTEN, partly([]))).toThrow(
      expect.objectContaining({ code: 'erasure-decision-incomplete' }),
    )
    const kept = ['trial-record', 'optional-research'].map((each) => ({ class: each, ground: '17-3-b' }))
    expect(typesOf(NOTHING_FORGOTTEN, partly(kept))).toEqual(['privacy.erasure-decided'])
    const twice = [...kept, { class: 'identity', ground: '17-3-b' }]
    expect(() => decide(NOTHING_FORGOTTEN, partly(twice))).toThrow(
      expect.objectContaining({ code: 'erasure-decision-incomplete' }),
    )
  })

  it('is decided once, however often it is said', () => {
    expect(decide(given(decided), decideAll)).toEqual([])
    const another = { ...decideAll, erasure: 'erasure-2' } as ForgettingCommand
    expect(() => decide(given(decided), another)).toThrow(expect.objectContaining({ code: 'erasure-under-way' }))
  })

  it('takes its steps in their order, each once', () => {
    const deleted: ForgettingCommand = {
      type: 'record-step',
      event: { type: 'privacy.ciphertext-deleted', data: { erasure: E, payloads: 3 } },
    }
    const state = given(decided, confirmed, started)
    expect(() => decide(state, deleted)).toThrow(expect.objectContaining({ code: 'erasure-step-out-of-order' }))
    expect(typesOf(state, destroy)).toEqual(['privacy.keys-destroyed'])
    expect(decide(given(decided, confirmed, started, [destroyed, 'service']), destroy)).toEqual([])
  })
})

describe('an erasure of what the law began to keep', () => {
  const stop: ForgettingCommand = { type: 'stop-erasure', erasure: E, kept: ['trial-record'] }
  const stopped: [ForgettingEvent, string] = [
    { type: 'privacy.erasure-stopped', data: { erasure: E, kept: ['trial-record'] } },
    'admin',
  ]

  it('is stopped before its first key, and makes room for another decision', () => {
    for (const state of [given(decided, confirmed), given(decided, confirmed, started)])
      expect(typesOf(state, stop)).toEqual(['privacy.erasure-stopped'])
    expect(() => decide(given(decided, confirmed, started, [destroyed, 'admin']), stop)).toThrow(
      expect.objectContaining({ code: 'erasure-not-awaiting' }),
    )
    const after = given(decided, confirmed, stopped)
    expect(decide(after, stop)).toEqual([])
    expect(() => decide(after, { type: 'start-erasure', erasure: E, by: 'admin' })).toThrow(
      expect.objectContaining({ code: 'erasure-not-awaiting' }),
    )
    expect(typesOf(after, { ...decideAll, erasure: 'erasure-2' } as ForgettingCommand)).toEqual([
      'privacy.erasure-decided',
    ])
  })
})

describe('a legal hold', () => {
  it('refuses a decision to erase, from the moment it is placed', () => {
    expect(() => decide(given(held), decideAll)).toThrow(expect.objectContaining({ code: 'legal-hold-active' }))
  })

  it('stops an erasure that waits for its persons, and its end makes them act anew', () => {
    const place = { type: 'place-hold', hold: H, requestedBy: 'court', ground: 'litigation' } as const
    expect(typesOf(given(decided, confirmed), place)).toEqual(['privacy.hold-placed', 'privacy.erasure-suspended'])
    const suspended: [ForgettingEvent, string] = [
      { type: 'privacy.erasure-suspended', data: { erasure: E, hold: H } },
      'compliance',
    ]
    const state = given(decided, confirmed, held, suspended)
    expect(() => decide(state, { type: 'start-erasure', erasure: E, by: 'admin' })).toThrow(
      expect.objectContaining({ code: 'legal-hold-active' }),
    )
    expect(typesOf(state, { type: 'lift-hold', hold: H })).toEqual(['privacy.hold-lifted', 'privacy.erasure-reopened'])
    const reopened: [ForgettingEvent, string][] = [
      [{ type: 'privacy.hold-lifted', data: { hold: H } }, 'compliance'],
      [{ type: 'privacy.erasure-reopened', data: { erasure: E, hold: H } }, 'compliance'],
    ]
    const open = given(decided, confirmed, held, suspended, ...reopened)
    expect(() => decide(open, { type: 'start-erasure', erasure: E, by: 'admin' })).toThrow(
      expect.objectContaining({ code: 'erasure-not-awaiting' }),
    )
    expect(typesOf(open, { type: 'confirm-erasure', erasure: E, by: 'qa' })).toEqual(['privacy.erasure-confirmed'])
  })

  it('that was approved is lifted by two persons, and stays in force until the second agrees', () => {
    const approved: [ForgettingEvent, string] = [{ type: 'privacy.hold-approved', data: { hold: H } }, 'qa']
    const asked: [ForgettingEvent, string] = [
      { type: 'privacy.hold-lifting-requested', data: { hold: H } },
      'compliance',
    ]
    const lift = { type: 'lift-hold', hold: H } as const
    expect(decide(given(held, approved), lift)).toEqual([asked[0]])
    const state = given(held, approved, asked)
    expect(() => decide(state, decideAll)).toThrow(expect.objectContaining({ code: 'legal-hold-active' }))
    expect(() => decide(state, lift)).toThrow(expect.objectContaining({ code: 'hold-lifting-pending' }))
    const agree = (who: string) => ({ type: 'approve-lifting', hold: H, by: who }) as const
    expect(() => decide(state, agree('compliance'))).toThrow(
      expect.objectContaining({ code: 'second-person-required' }),
    )
    expect(typesOf(state, agree('qa'))).toEqual(['privacy.hold-lifted'])
    expect(() => decide(given(held, approved), agree('qa'))).toThrow(
      expect.objectContaining({ code: 'hold-lifting-not-asked' }),
    )
    const [refused] = decide(state, { ...agree('qa'), type: 'refuse-lifting' })
    expect(decide(given(held, approved, asked, [refused!, 'qa']), lift)).toEqual([asked[0]])
  })

  it('stops an erasure that was started until the first key is destroyed, and comes too late from then on', () => {
    const place = { type: 'place-hold', hold: H, requestedBy: 'court', ground: 'litigation' } as const
    const suspended: [ForgettingEvent, string] = [
      { type: 'privacy.erasure-suspended', data: { erasure: E, hold: H } },
      'compliance',
    ]
    const state = given(decided, confirmed, started)
    expect(typesOf(state, place)).toEqual(['privacy.hold-placed', 'privacy.erasure-suspended'])
    expect(() => decide(given(decided, confirmed, started, held, suspended), destroy)).toThrow(
      expect.objectContaining({ code: 'erasure-step-out-of-order' }),
    )
    expect(() => decide(given(decided, confirmed, started, [destroyed, 'admin']), place)).toThrow(
      expect.objectContaining({ code: 'erasure-under-way' }),
    )
  })

  it('that is asked for suspends the execution and not the decision, until it is decided', () => {
    const ask = { type: 'request-hold', hold: H, requestedBy: 'sponsor', ground: 'litigation' } as const
    const asked: [ForgettingEvent, string] = [
      { type: 'privacy.hold-requested', data: { hold: H, requestedBy: 'sponsor', ground: 'litigation' } },
      'sponsor',
    ]
    expect(typesOf(given(decided), ask)).toEqual(['privacy.hold-requested'])
    expect(decide(given(decided, asked), ask)).toEqual([])
    expect(typesOf(given(asked), decideAll)).toEqual(['privacy.erasure-decided'])
    expect(typesOf(given(decided, asked), { type: 'confirm-erasure', erasure: E, by: 'qa' })).toHaveLength(1)
    const start: ForgettingCommand = { type: 'start-erasure', erasure: E, by: 'admin' }
    const pending = expect.objectContaining({ code: 'hold-request-pending' })
    expect(() => decide(given(decided, confirmed, asked), start)).toThrow(pending)
    expect(() => decide(given(decided, confirmed, started, asked), destroy)).toThrow(pending)

    const refuse: ForgettingCommand = { type: 'refuse-hold', hold: H, reason: 'no-legal-basis' }
    expect(typesOf(given(decided, confirmed, asked), refuse)).toEqual(['privacy.hold-refused'])
    const refused: [ForgettingEvent, string] = [
      { type: 'privacy.hold-refused', data: { hold: H, reason: 'no-legal-basis' } },
      'compliance',
    ]
    expect(typesOf(given(decided, confirmed, asked, refused), start)).toEqual(['privacy.erasure-started'])
    const grant: ForgettingCommand = { type: 'grant-hold', hold: H }
    expect(decide(given(decided, confirmed, asked), grant)).toMatchObject([
      { type: 'privacy.hold-placed', data: { hold: H, requestedBy: 'sponsor', ground: 'litigation' } },
      { type: 'privacy.erasure-suspended' },
    ])
    for (const again of [grant, refuse])
      expect(() => decide(given(asked, refused), again)).toThrow(expect.objectContaining({ code: 'hold-decided' }))
  })

  it('is judged by somebody else than placed it; the last of several to end frees the erasure', () => {
    expect(() => decide(given(held), { type: 'approve-hold', hold: H, by: 'compliance' })).toThrow(
      expect.objectContaining({ code: 'second-person-required' }),
    )
    expect(typesOf(given(held), { type: 'approve-hold', hold: H, by: 'qa' })).toEqual(['privacy.hold-approved'])
    const second: [ForgettingEvent, string] = [
      { type: 'privacy.hold-placed', data: { hold: 'hold-2', requestedBy: 'court', ground: 'litigation' } },
      'compliance',
    ]
    const suspended: [ForgettingEvent, string] = [
      { type: 'privacy.erasure-suspended', data: { erasure: E, hold: H } },
      'compliance',
    ]
    const state = given(decided, held, suspended, second)
    expect(typesOf(state, { type: 'reject-hold', hold: H, by: 'qa' })).toEqual(['privacy.hold-rejected'])
  })
})
