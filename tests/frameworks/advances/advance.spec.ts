import { describe, expect, it } from '@jest/globals'
import {
  advanceDecider,
  decide,
  UNKNOWN_ADVANCE,
  type AdvanceCommand,
  type AdvanceState,
} from '../../../src/frameworks/advances/advance.js'
import { startingContent } from '../../../src/frameworks/advances/commands/propose-starting-content.js'
import type { AdvanceEvent } from '../../../src/frameworks/advances/events.js'
import { MODEL_LIBRARY } from '../../../src/models/library/index.js'
import type { TwinLedgerError } from '../../../src/platform/errors.js'

const [entry] = startingContent()
const review = { outcome: 'accepted', checkedOn: '2026-12-01', remark: 'As in the abstract.' } as const

const outcome = (state: AdvanceState, command: AdvanceCommand): string => {
  try {
    decide(state, command)
    return 'taken'
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}
const fold = (...events: readonly (readonly [actor: string, event: AdvanceEvent])[]): AdvanceState =>
  events.reduce(
    (state, [id, event]) => advanceDecider.evolve(state, event, { actor: { id, role: 'modeller' } } as never),
    UNKNOWN_ADVANCE,
  )

const proposed = fold(['author', { type: 'advance.proposed', data: entry! }])
const reviewed = fold(
  ['author', { type: 'advance.proposed', data: entry! }],
  ['reviewer', { type: 'advance.reviewed', data: review }],
)
const returned = fold(
  ['author', { type: 'advance.proposed', data: entry! }],
  ['reviewer', { type: 'advance.reviewed', data: { ...review, outcome: 'returned' } }],
)
const superseded = advanceDecider.evolve(reviewed, { type: 'advance.superseded', data: { by: 'other' } }, {
  actor: { id: 'reviewer', role: 'qa' },
} as never)

const PROPOSE: AdvanceCommand = { type: 'propose', entry: { ...entry!, title: 'Another title' } }
const REVIEW: AdvanceCommand = { type: 'review', by: 'reviewer', review }
const SUPERSEDE: AdvanceCommand = { type: 'supersede', by: 'other' }

// proves TL-ADV-001
describe('an entry of the overview', () => {
  it.each([
    ['unknown', UNKNOWN_ADVANCE, ['taken', 'advance-not-found', 'advance-not-found']],
    ['proposed', proposed, ['taken', 'taken', 'advance-not-reviewed']],
    ['returned', returned, ['taken', 'advance-not-proposed', 'advance-not-reviewed']],
    ['reviewed', reviewed, ['taken', 'advance-not-proposed', 'taken']],
    ['superseded', superseded, ['advance-superseded', 'advance-superseded', 'advance-superseded']],
  ] as const)('that is %s can be proposed, reviewed, superseded: %#', (_, state, expected) => {
    expect([PROPOSE, REVIEW, SUPERSEDE].map((command) => outcome(state, command))).toEqual(expected)
  })

  it('is reviewed by somebody other than whoever proposed it as it stands', () => {
    expect(outcome(proposed, { ...REVIEW, by: 'author' })).toBe('reviewer-is-proposer')
    const again = advanceDecider.evolve(returned, { type: 'advance.proposed', data: entry! }, {
      actor: { id: 'reviewer', role: 'compliance' },
    } as never)
    expect(outcome(again, REVIEW)).toBe('reviewer-is-proposer')
  })

  it('was last checked when it was reviewed', () => {
    expect(reviewed).toMatchObject({ status: 'reviewed', entry: { lastChecked: '2026-12-01' } })
  })

  it('names a source, and is not proposed twice as it is', () => {
    const unsourced = { ...entry!, source: { citation: 'Somewhere.' } }
    expect(outcome(UNKNOWN_ADVANCE, { type: 'propose', entry: unsourced })).toBe('source-missing')
    expect(outcome(proposed, { type: 'propose', entry: entry! })).toBe('advance-unchanged')
  })
})

describe('the entries that come along', () => {
  const entries = startingContent()

  it('are each known by one id', () => expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length))

  it('say of each of our models what it stands on', () => {
    const covered = new Set(entries.flatMap(({ models }) => models))
    expect(MODEL_LIBRARY.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })

  it('cover each of the seven fields', () => {
    const areas = new Set(entries.map(({ area }) => area))
    expect(areas.size).toBe(8)
  })
})
