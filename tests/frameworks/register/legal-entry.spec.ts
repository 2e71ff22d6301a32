import { describe, expect, it } from '@jest/globals'
import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import { baselineEntries } from '../../../src/frameworks/register/baseline.js'
import { dueReasons } from '../../../src/frameworks/register/due-entries.js'
import type { LegalEntry, LegalEntryEvent, LegalText } from '../../../src/frameworks/register/events.js'
import {
  decide,
  evolve,
  UNKNOWN_ENTRY,
  type LegalEntryCommand,
  type LegalEntryState,
} from '../../../src/frameworks/register/legal-entry.js'
import { ProposeLegalEntryDto } from '../../../src/frameworks/register/legal-register.dto.js'
import { requirements, requirementsOf } from '../../../src/frameworks/register/requirements.js'
import { TOPICS } from '../../../src/frameworks/register/topics.js'
import type { TwinLedgerError } from '../../../src/platform/errors.js'

const shipped = baselineEntries().find(({ id }) => id === 'eu-pld')!
const { approvedBy: _by, lastChecked: _day, ...shippedText } = shipped
const text: LegalText = { ...shippedText, sourceUrl: 'https://eur-lex.europa.eu/eli/dir/2024/2853/oj' }
const retirement = { reason: 'repealed', supersededBy: null } as const
const approval = { checkedOn: '2026-11-20', remark: 'As in the Official Journal.' }

const given = (...events: readonly (readonly [actor: string, event: LegalEntryEvent])[]): LegalEntryState =>
  events.reduce((state, [id, event]) => evolve(state, event, { actor: { id, role: 'any' } }), UNKNOWN_ENTRY)
const refusal = (state: LegalEntryState, command: LegalEntryCommand): string => {
  try {
    decide(state, command)
    return 'taken'
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}

const adopted = ['author', { type: 'legal-entry.adopted', data: { entry: shipped, software: '1.0.0' } }] as const
const proposal = ['author', { type: 'legal-entry.change-proposed', data: text }] as const
const consent = ['approver', { type: 'legal-entry.approved', data: approval }] as const
const baseline = given(adopted)
const proposed = given(proposal)
const rejected = given(proposal, ['approver', { type: 'legal-entry.rejected', data: { remark: 'No.' } }])
const changing = given(adopted, proposal)
const approved = given(adopted, proposal, consent)
const retired = given(
  adopted,
  ['author', { type: 'legal-entry.retirement-proposed', data: retirement }],
  ['approver', { type: 'legal-entry.approved', data: approval }],
)

const PROPOSE: LegalEntryCommand = { type: 'propose', text: { ...text, note: 'Another note.' } }
const RETIRE: LegalEntryCommand = { type: 'propose-retirement', retirement }
const APPROVE: LegalEntryCommand = { type: 'approve', by: 'approver', approval }
const REJECT: LegalEntryCommand = { type: 'reject', by: 'approver', remark: 'No.' }
const CHECK: LegalEntryCommand = {
  type: 'check',
  check: { checkedOn: '2026-11-21', outcome: 'unchanged', remark: 'As it was.' },
}

// proves TL-LAW-001
describe('an entry of the legal register', () => {
  const gone = Array<string>(5).fill('legal-entry-retired')
  const idle = 'legal-proposal-missing'
  const idleOf = 'legal-entry-not-in-force'
  it.each([
    ['unknown', UNKNOWN_ENTRY, ['taken', ...Array<string>(4).fill('legal-entry-not-found')]],
    ['proposed', proposed, ['taken', idleOf, 'taken', 'taken', idleOf]],
    ['rejected', rejected, ['taken', idleOf, idle, idle, idleOf]],
    ['of the baseline', baseline, ['taken', 'taken', idle, idle, 'taken']],
    ['changing', changing, ['taken', 'taken', 'taken', 'taken', 'taken']],
    ['approved', approved, ['taken', 'taken', idle, idle, 'taken']],
    ['retired', retired, gone],
  ] as const)('that is %s can be proposed, retired, approved, rejected, checked: %#', (_, state, expected) => {
    expect([PROPOSE, RETIRE, APPROVE, REJECT, CHECK].map((command) => refusal(state, command))).toEqual(expected)
  })

  it('is decided on by somebody other than whoever proposed it', () => {
    expect(refusal(changing, { ...APPROVE, by: 'author' })).toBe('approver-is-proposer')
    expect(refusal(changing, { ...REJECT, by: 'author' })).toBe('approver-is-proposer')
  })

  it('stays in force as it is while a change waits, and after the change was rejected', () => {
    expect(changing).toMatchObject({ standing: 'baseline', entry: shipped })
    const refused = evolve(changing, { type: 'legal-entry.rejected', data: { remark: 'No.' } }, {
      actor: consent[0],
    } as never)
    expect(refused).toMatchObject({ standing: 'baseline', entry: shipped, proposal: null })
  })

  it('says who approved it and when it was held against its source', () => {
    expect(approved.entry).toEqual({ ...text, approvedBy: 'approver', lastChecked: '2026-11-20' })
  })

  it('is not approved without a source', () => {
    const unsourced = given(['author', { type: 'legal-entry.change-proposed', data: shippedText }])
    expect(refusal(unsourced, APPROVE)).toBe('legal-source-missing')
  })

  it('is proposed as it is only where nobody approved it yet', () => {
    expect(refusal(baseline, { type: 'propose', text: shippedText })).toBe('taken')
    expect(refusal(approved, { type: 'propose', text })).toBe('legal-entry-unchanged')
    expect(refusal(changing, { type: 'propose', text })).toBe('legal-entry-unchanged')
  })

  it('names a successor when it is superseded, and only then', () => {
    const retire = (reason: 'superseded' | 'repealed', supersededBy: string | null) =>
      refusal(approved, { type: 'propose-retirement', retirement: { reason, supersededBy } })
    expect([retire('superseded', null), retire('repealed', 'eu-gdpr'), retire('superseded', 'eu-gdpr')]).toEqual([
      'successor-mismatch',
      'successor-mismatch',
      'taken',
    ])
  })

  it('counts as checked on the day its source was read, and not when it could not be reached', () => {
    const after = (outcome: 'changed' | 'source-unreachable') =>
      evolve(
        approved,
        { type: 'legal-entry.checked', data: { checkedOn: '2026-11-22', outcome, remark: '-' } },
        {
          actor: { id: 'author', role: 'compliance' },
        },
      ).entry?.lastChecked
    expect([after('changed'), after('source-unreachable')]).toEqual(['2026-11-22', '2026-11-20'])
    const earlier = { checkedOn: '2026-11-19', outcome: 'unchanged', remark: '-' } as const
    expect(refusal(approved, { type: 'check', check: earlier })).toBe('legal-check-outdated')
  })

  it('is taken over once', () => {
    const adopt = { type: 'adopt', entry: shipped, software: '1.0.1' } as const
    expect([
      decide(UNKNOWN_ENTRY, adopt).length,
      decide(baseline, adopt).length,
      decide(retired, adopt).length,
    ]).toEqual([1, 0, 0])
  })
})

// proves TL-LAW-001
describe('an entry is due', () => {
  const limits = { today: '2026-11-22', uncheckedDays: 365, withinDays: 90 }
  const inForce = (fields: Partial<LegalEntry>): LegalEntryState => ({
    ...approved,
    entry: { ...approved.entry!, appliesFrom: [], ...fields },
  })
  const found = (outcome: 'changed' | 'source-unreachable'): LegalEntryState => ({
    ...inForce({}),
    lastCheck: { checkedOn: '2026-11-20', outcome, remark: '-' },
  })

  it.each([
    ['was never checked', inForce({ lastChecked: null }), ['never-checked']],
    ['was not checked for a year and a day', inForce({ lastChecked: '2025-11-21' }), ['check-overdue']],
    ['was checked a year ago: not yet', inForce({ lastChecked: '2025-11-22' }), []],
    ['was found changed', found('changed'), ['found-changed']],
    ['could not be compared', found('source-unreachable'), ['source-unreachable']],
    ['comes to apply soon', inForce({ appliesFrom: ['2026-12-09'] }), ['applies-soon']],
    ['comes to apply with the year, in one region', inForce({ appliesFrom: ['EU 2027'] }), ['applies-soon']],
    ['comes to apply much later: not yet', inForce({ appliesFrom: ['2027-12-02'] }), []],
    ['came to apply since it was checked', inForce({ appliesFrom: ['2026-11-21'] }), ['came-to-apply']],
    ['came into force since it was checked', inForce({ inForce: '2026-11-22' }), ['came-to-apply']],
    ['is retired: never', retired, []],
    ['was never in force: never', proposed, []],
  ] as const)('when it %s', (_, state, reasons) => {
    expect(dueReasons(state, limits)).toEqual(reasons)
  })
})

describe('the words of the register', () => {
  it('fit every entry of the shipped edition', () => {
    const wrong = baselineEntries().flatMap(({ approvedBy: _a, lastChecked: _l, ...entry }) =>
      validateSync(plainToInstance(ProposeLegalEntryDto, entry), { whitelist: true, forbidNonWhitelisted: true }).map(
        ({ property }) => `${entry.id}: ${property}`,
      ),
    )
    expect(wrong).toEqual([])
  })

  it('name areas that hold requirements', () => {
    const areas = new Set(requirements().map(({ id }) => id.split('-')[1]))
    expect(Object.values(TOPICS).flatMap((named) => named.filter((area) => !areas.has(area)))).toEqual([])
  })

  it('lead from an entry to its own controls first, then to what its topics touch', () => {
    const ids = requirementsOf({ controls: ['TL-LOG-003'], touches: ['retention'] }).map(({ id }) => id)
    expect(ids).toEqual(['TL-LOG-003', ...requirements().flatMap(({ id }) => (id.includes('-RET-') ? [id] : []))])
  })
})
