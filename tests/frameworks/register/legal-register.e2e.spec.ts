import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { baselineEntries } from '../../../src/frameworks/register/baseline.js'
import type { LegalEntryView } from '../../../src/frameworks/register/legal-entry-view.js'
import type { DueEntry } from '../../../src/frameworks/register/queries/list-due-entries.js'
import { expected, refusal, send } from '../../e2e/support/clinic.js'
import { startTestService, type TestService } from '../../support/test-service.js'

let test: TestService
beforeAll(async () => {
  test = await startTestService()
})
afterAll(() => test.stop())

const PATH = '/api/v1/frameworks'
const shipped = baselineEntries()
const get = <T>(path: string) => expected<T>(200, test.request('participant', `${PATH}${path}`))
const list = async (query: string): Promise<string[]> => (await get<LegalEntryView[]>(query)).map(({ id }) => id)
const textOf = (id: string) => {
  const { approvedBy: _by, lastChecked: _day, ...text } = shipped.find((entry) => entry.id === id)!
  return { ...text, sourceUrl: 'https://example.org/official-text' }
}
const TODAY = new Date().toISOString().slice(0, 10)
const APPROVAL = { outcome: 'approved', checkedOn: TODAY, remark: 'Compared with the official text.' }

// proves TL-LAW-001
describe('the legal register over HTTP', () => {
  it('starts with the shipped edition, taken over once by compliance', async () => {
    const adopt = (as: string) => send(test, as, `${PATH}/baseline`, {})
    expect(await refusal(adopt('qa'))).toEqual([403, 'action-not-permitted'])
    expect(await expected(200, adopt('compliance'))).toEqual({ adopted: shipped.map(({ id }) => id), differing: [] })
    expect(await expected(200, adopt('compliance'))).toEqual({ adopted: [], differing: [] })
    expect(await list('?standing=baseline')).toEqual(shipped.map(({ id }) => id).sort())
  })

  it('changes when compliance proposes and quality assurance approves against the source', async () => {
    const text = { ...textOf('us-p11'), controls: ['TL-AUD-001'], owner: 'compliance office' }
    expect(await refusal(send(test, 'qa', PATH, text))).toEqual([403, 'action-not-permitted'])
    await expected(201, send(test, 'compliance', PATH, text))
    expect(await list('?waiting=true')).toEqual(['us-p11'])
    expect(await get(`/us-p11`)).toMatchObject({ standing: 'baseline', entry: { owner: null } })
    const judge = (as: string) => send(test, as, `${PATH}/us-p11/judgement`, APPROVAL)
    expect(await refusal(judge('compliance'))).toEqual([403, 'action-not-permitted'])
    await expected(200, judge('qa'))
    const { entry, requirements } = await get<LegalEntryView>('/us-p11')
    expect(entry).toEqual({ ...text, approvedBy: expect.any(String), lastChecked: TODAY })
    expect(requirements[0]).toMatchObject({ id: 'TL-AUD-001', status: 'built' })
    expect(await list('?standing=approved&requirement=TL-AUD-001&jurisdiction=US&kind=law&touches=sign')).toEqual([
      'us-p11',
    ])
  })

  it('shows what stood before, as of a time', async () => {
    const before = new Date().toISOString()
    await expected(201, send(test, 'compliance', PATH, { ...textOf('us-csa'), note: 'Replaces the draft.' }))
    await expected(200, send(test, 'qa', `${PATH}/us-csa/judgement`, APPROVAL))
    expect(await get('/us-csa')).toMatchObject({ standing: 'approved', entry: { note: 'Replaces the draft.' } })
    expect(await get(`/us-csa?asOf=${before}`)).toMatchObject({ standing: 'baseline', entry: { note: null } })
    expect(await list(`?standing=approved&asOf=${before}`)).toEqual(['us-p11'])
    expect(await list('?asOf=2020-01-01T00:00:00Z')).toEqual([])
  })

  it('refuses what it cannot hold', async () => {
    const propose = (fields: object) => send(test, 'compliance', PATH, { ...textOf('us-bimo'), ...fields })
    expect(await refusal(propose({ controls: ['TL-AUD-999'] }))).toEqual([422, 'legal-control-unknown'])
    expect(await refusal(propose({ supersedes: 'us-unknown' }))).toEqual([422, 'legal-predecessor-unknown'])
    for (const wrong of [
      { status: 'valid' },
      { kind: 'rule' },
      { confidence: 'X' },
      { touches: ['fish'] },
      { more: 1 },
    ])
      expect((await propose(wrong)).status).toBe(400)
    const { note: _note, ...short } = textOf('us-bimo')
    expect((await send(test, 'compliance', PATH, short)).status).toBe(400)
    const check = { checkedOn: '2999-01-01', outcome: 'unchanged', remark: '-' }
    const future = send(test, 'compliance', `${PATH}/us-bimo/checks`, check)
    expect(await refusal(future)).toEqual([400, 'checked-in-future'])
  })

  it('lists what has to be looked at again', async () => {
    const due = async (query = '') => new Map((await get<DueEntry[]>(`/due${query}`)).map((entry) => [entry.id, entry]))
    expect((await due()).get('us-p11')).toBeUndefined()
    expect((await due('?asOf=2020-01-01T00:00:00Z')).size).toBe(0)
    expect((await due()).get('us-bimo')!.reasons).toEqual(['never-checked'])
    const check = (outcome: string) => ({ checkedOn: TODAY, outcome, remark: 'Looked up.' })
    await expected(200, send(test, 'compliance', `${PATH}/us-bimo/checks`, check('changed')))
    await expected(200, send(test, 'compliance', `${PATH}/us-cms/checks`, check('unchanged')))
    expect((await due()).get('us-bimo')!.reasons).toEqual(['found-changed'])
    expect((await due()).get('us-cms')).toBeUndefined()
  })

  it('retires an entry for its successor when another person agrees', async () => {
    const retire = (supersededBy: string) =>
      send(test, 'compliance', `${PATH}/eu-a11/retirement`, { reason: 'superseded', supersededBy })
    expect(await refusal(retire('eu-a11'))).toEqual([422, 'legal-successor-not-in-force'])
    await expected(200, retire('eu-a11d'))
    await expected(200, send(test, 'qa', `${PATH}/eu-a11/judgement`, APPROVAL))
    expect(await get('/eu-a11')).toMatchObject({ standing: 'retired', retirement: { supersededBy: 'eu-a11d' } })
    expect(await refusal(send(test, 'compliance', PATH, textOf('eu-a11')))).toEqual([409, 'legal-entry-retired'])
  })

  it('is read aloud in the audit trail', async () => {
    const { entries } = await expected<{ entries: { sentence: string }[] }>(
      200,
      test.request('regulator', '/api/v1/audit?type=legal-entry.approved&limit=5'),
    )
    expect(entries).toHaveLength(3)
    expect(entries[0]!.sentence).toContain('held against its source')
  })
})
