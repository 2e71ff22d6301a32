import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ConsentEvent } from '../../src/consents/events.js'
import { decideAt as decideConsent } from '../../src/consents/consent.js'
import { evolve as evolveConsent, NO_CONSENTS, type ConsentState } from '../../src/consents/consent-state.js'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { ForgettingEvent } from '../../src/privacy/forgetting/events.js'
import { decide, forgettingDecider, type ForgettingCommand } from '../../src/privacy/forgetting/forgetting.js'
import {
  holdsAskedFor,
  holdsInForce,
  NOTHING_FORGOTTEN,
  type ForgettingState,
} from '../../src/privacy/forgetting/forgetting-state.js'
import { publishedNotice } from '../support/published-notice.js'

const CLASSES = ['identity', 'trial-record', 'optional-research', 'contact'] as const
const NOW = '2026-06-01T00:00:00.000Z'
const SCOPE = {
  purposes: ['HRESCH', 'TREAT'],
  duo: ['DUO:0000042'],
  modelClasses: 'any',
  dataCategories: 'any',
  controller: 'clinic',
} as const
const NOTICE = { id: 'notice', version: '1', language: 'en' }
const PEOPLE = ['anna', 'ben', 'cleo']

/** One person's record: what two streams say, the keys there are, and a backup of the keys from some earlier time. */
interface World {
  consent: ConsentState
  forgetting: ForgettingState
  keys: ReadonlySet<string>
  backup: ReadonlySet<string>
  history: {
    event: ForgettingEvent | ConsentEvent
    actor: string
    keys: ReadonlySet<string>
    held: boolean
    asked: boolean
    frozen: boolean
    optedOut: boolean
  }[]
}

type Move =
  | {
      kind:
        | 'give'
        | 'withdraw'
        | 'run'
        | 'run-in-cohort'
        | 'opt-out'
        | 'reverse-opt-out'
        | 'restrict'
        | 'lift-restriction'
        | 'back-up'
        | 'restore'
        | 'destroy'
        | 'hold'
        | 'lift'
      who: string
    }
  | { kind: 'approve' | 'reject' | 'decide' | 'confirm' | 'start' | 'ask' | 'grant' | 'refuse' | 'stop'; who: string }

const KINDS: Move['kind'][] = [
  'give', 'withdraw', 'run', 'run-in-cohort', 'opt-out', 'reverse-opt-out', 'restrict', 'lift-restriction', 'back-up', 'restore', 'destroy',
  'hold', 'approve', 'reject', 'lift', 'ask', 'grant', 'refuse', 'decide', 'confirm', 'start', 'stop',
] // prettier-ignore
/** The way to an erasure is long and narrow: its steps are drawn more often, or it would hardly ever be walked to its end. */
const WAY: Move['kind'][] = ['decide', 'confirm', 'start', 'destroy', 'lift', 'refuse']
const kind = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...KINDS) },
  { weight: 2, arbitrary: fc.constantFrom(...WAY) },
)
const moves = fc.array(fc.record({ kind, who: fc.constantFrom(...PEOPLE) }), {
  minLength: 20,
  maxLength: 80,
}) as fc.Arbitrary<Move[]>

const frozen = ({ restrictions }: ConsentState) => restrictions.size > 0

function consent(world: World, command: Parameters<typeof decideConsent>[2], who: string): World {
  return attempt(world, () =>
    decideConsent(NOW, world.consent, command, [publishedNotice(NOTICE)]).reduce((before, event) => {
      const metadata = { recordedAt: NOW, actor: { id: who, role: '' } } as EventMetadata
      const state = evolveConsent(before.consent, event, metadata)
      return { ...before, consent: state, history: [...before.history, noted(before, event, who)] }
    }, world),
  )
}

function forgetting(world: World, command: ForgettingCommand, who: string): World {
  return attempt(world, () =>
    decide(world.forgetting, command).reduce((before, event) => {
      const metadata = { id: '', position: 0, recordedAt: NOW, actor: { id: who, role: '' } } as EventMetadata
      const state = forgettingDecider.evolve(before.forgetting, event, metadata)
      return { ...before, forgetting: state, history: [...before.history, noted(before, event, who)] }
    }, world),
  )
}

const noted = (world: World, event: ForgettingEvent | ConsentEvent, actor: string) => ({
  event,
  actor,
  keys: world.keys,
  held: holdsInForce(world.forgetting).length > 0,
  asked: holdsAskedFor(world.forgetting).length > 0,
  frozen: frozen(world.consent),
  optedOut: world.consent.optOut !== null,
})

/** A refusal changes nothing. */
function attempt(world: World, act: () => World): World {
  try {
    return act()
  } catch {
    return world
  }
}

/** What tombstones replay before anything is served: no key of a destroyed class is left. */
function replayed(world: World): World {
  const destroyed = world.history.flatMap(({ event }) =>
    event.type === 'privacy.keys-destroyed' ? event.data.classes : [],
  )
  return { ...world, keys: new Set([...world.keys].filter((keyClass) => !(destroyed as string[]).includes(keyClass))) }
}

function step(world: World, { kind, who }: Move): World {
  const erasure = [...world.forgetting.erasures.keys()].at(-1) ?? 'e1'
  const hold = [...world.forgetting.holds.keys()].at(-1) ?? 'h0'
  switch (kind) {
    case 'give':
      return consent(
        world,
        {
          type: 'give',
          consent: `c${world.consent.consents.size}`,
          scope: SCOPE,
          notice: NOTICE,
          method: 'paper',
          by: 'subject',
        },
        who,
      )
    case 'withdraw':
      return consent(world, { type: 'withdraw', method: 'paper', by: 'subject' }, who)
    case 'run':
      return consent(world, { type: 'authorise-use', use: { purpose: 'HRESCH', model: 'cvd.x' } }, who)
    case 'run-in-cohort':
      // Care is no secondary use; a cohort that a clinic asks for leaves out who opted out all the same.
      return consent(world, { type: 'authorise-use', use: { purpose: 'TREAT', cohort: 'k' } }, who)
    case 'opt-out':
    case 'reverse-opt-out':
      return consent(world, { type: kind, method: 'paper', by: 'subject' }, who)
    case 'restrict':
      return consent(world, { type: 'restrict', restriction: 'r', ground: 'art-18', purposes: 'any' }, who)
    case 'lift-restriction':
      return consent(
        world,
        { type: 'lift-restriction', restriction: [...world.consent.restrictions.keys()].at(-1) ?? 'r' },
        who,
      )
    case 'hold':
      return forgetting(
        world,
        { type: 'place-hold', hold: `h${world.forgetting.holds.size + 1}`, requestedBy: 'court', ground: 'litigation' },
        who,
      )
    case 'approve':
    case 'reject':
      return forgetting(world, { type: `${kind}-hold`, hold, by: who }, who)
    case 'ask': {
      const asked = {
        hold: `h${world.forgetting.holds.size + 1}`,
        requestedBy: 'sponsor',
        ground: 'litigation',
      } as const
      return forgetting(world, { type: 'request-hold', ...asked }, who)
    }
    case 'grant':
      return forgetting(world, { type: 'grant-hold', hold }, who)
    case 'refuse':
      return forgetting(world, { type: 'refuse-hold', hold, reason: 'no-legal-basis' }, who)
    case 'stop':
      return forgetting(world, { type: 'stop-erasure', erasure, kept: ['trial-record'] }, who)
    case 'lift':
      return forgetting(world, { type: 'lift-hold', hold }, who)
    case 'decide':
      return forgetting(
        world,
        {
          type: 'decide-erasure',
          erasure: `e${world.forgetting.erasures.size + 1}`,
          request: 'q',
          ground: '17-1-b',
          classes: CLASSES,
          retained: [],
        },
        who,
      )
    case 'confirm':
      return forgetting(world, { type: 'confirm-erasure', erasure, by: who }, who)
    case 'start':
      return forgetting(world, { type: 'start-erasure', erasure, by: who }, who)
    case 'destroy': {
      if (world.forgetting.erasures.get(erasure)?.status !== 'started') return world
      const freeze = consent(
        world,
        { type: 'restrict', restriction: erasure, ground: 'art-17', purposes: 'any' },
        'service',
      )
      const event = {
        type: 'privacy.keys-destroyed',
        data: { erasure, classes: CLASSES, kids: [...world.keys] },
      } as const
      return replayed(forgetting(freeze, { type: 'record-step', event }, 'service'))
    }
    case 'back-up':
      return { ...world, backup: world.keys }
    case 'restore':
      return replayed({ ...world, keys: new Set([...world.keys, ...world.backup]) })
  }
}

const START: World = {
  consent: NO_CONSENTS,
  forgetting: NOTHING_FORGOTTEN,
  keys: new Set(CLASSES),
  backup: new Set(CLASSES),
  history: [],
}

// proves TL-PRV-002
// proves TL-RET-001
describe('no sequence of consent, opt-out, hold, erasure, restriction, run, backup and restore', () => {
  const after = (sequence: readonly Move[]) => sequence.reduce(step, START)

  it('permits a use while uses are frozen, or after the person was forgotten', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        const { history } = after(sequence)
        const uses = history.filter(({ event }) => event.type === 'consent.use-authorised')
        expect(uses.filter((use) => use.frozen || use.keys.size === 0)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  // proves TL-EHD-001
  it('permits a secondary use, or any use in a cohort, while the person has opted out', () => {
    let optedOutOnce = 0
    let permitted = 0
    fc.assert(
      fc.property(moves, (sequence) => {
        const { history } = after(sequence)
        const uses = history.filter(({ event }) => event.type === 'consent.use-authorised')
        optedOutOnce += Number(history.some(({ optedOut }) => optedOut))
        permitted += uses.length
        expect(uses.filter(({ optedOut }) => optedOut)).toEqual([])
      }),
      { numRuns: 500 },
    )
    expect({ optedOutOnce: optedOutOnce > 0, permitted: permitted > 0 }).toEqual({
      optedOutOnce: true,
      permitted: true,
    })
  })

  it('starts an erasure that is held or asked to be, or by fewer than three persons', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        const { history, forgetting: state } = after(sequence)
        const barred = history.filter(({ held, asked }) => held || asked).map(({ event }) => event.type)
        expect(barred).not.toContain('privacy.erasure-started')
        expect(barred).not.toContain('privacy.keys-destroyed')
        for (const { status, steps } of state.erasures.values()) {
          if (!['started', 'keys-destroyed'].includes(status)) continue
          const persons = ['privacy.erasure-decided', 'privacy.erasure-confirmed', 'privacy.erasure-started'].map(
            (type) => steps.findLast((each) => each.type === type)!.actor.id,
          )
          expect(new Set(persons).size).toBe(3)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('destroys keys without a started erasure, or brings a destroyed key back', () => {
    let destroyedOnce = 0
    fc.assert(
      fc.property(moves, (sequence) => {
        const { history, keys } = after(sequence)
        const destruction = history.findIndex(({ event }) => event.type === 'privacy.keys-destroyed')
        if (destruction === -1) return expect(keys.size).toBe(CLASSES.length)
        destroyedOnce++
        expect(history.slice(0, destruction).some(({ event }) => event.type === 'privacy.erasure-started')).toBe(true)
        return expect(keys.size).toBe(0)
      }),
      { numRuns: 2_000 },
    )
    // Otherwise the property would have been tried on nothing.
    expect(destroyedOnce).toBeGreaterThan(0)
  })
})
