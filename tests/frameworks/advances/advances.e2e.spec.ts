import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AdvanceView } from '../../../src/frameworks/advances/advance-view.js'
import { startingContent } from '../../../src/frameworks/advances/commands/propose-starting-content.js'
import { expected, refusal, send } from '../../e2e/support/clinic.js'
import { logSize } from '../../e2e/support/ledger.js'
import { startTestService, type TestService } from '../../support/test-service.js'

let test: TestService
beforeAll(async () => {
  test = await startTestService()
})
afterAll(() => test.stop())

const entries = startingContent()
const ID = 'prevent-equations-2023'
const PATH = `/api/v1/advances/${ID}`

/** A list that reflects everything recorded before. */
async function list(query = ''): Promise<AdvanceView[]> {
  const headers = { 'ledger-wait-for': String(await logSize(test)) }
  return expected(200, test.request('participant', `/api/v1/advances${query}`, { headers }))
}

// proves TL-ADV-001
describe('the overview of advances over HTTP', () => {
  it('starts with the entries that come along, proposed once', async () => {
    const start = (as: string) => send(test, as, '/api/v1/advances/starting-content', {})
    expect(await refusal(start('qa'))).toEqual([403, 'action-not-permitted'])
    expect(await expected(200, start('modeller'))).toEqual({ proposed: entries.map(({ id }) => id) })
    expect(await expected(200, start('modeller'))).toEqual({ proposed: [] })
    expect(await list()).toHaveLength(entries.length)
  })

  it('takes each of them as a caller would send it', async () => {
    for (const { id } of entries) {
      const {
        status: _status,
        supersededBy: _by,
        revision: _revision,
        ...entry
      } = await expected<AdvanceView>(200, test.request('qa', `/api/v1/advances/${id}`))
      expect([id, ...(await refusal(send(test, 'modeller', '/api/v1/advances', entry)))]).toEqual([
        id,
        409,
        'advance-unchanged',
      ])
    }
  })

  it('is filtered by area, model and date', async () => {
    const heart = await list('?area=heart&model=cvd.prevent-2023&from=2023&until=2024')
    expect(heart.map(({ id }) => id)).toEqual(['prevent-external-nhanes-2024', ID])
    expect((await list('?until=1984')).map(({ id }) => id)).toEqual([
      'spending-functions-1983',
      'survival-sample-size-1981',
    ])
    expect(await list('?status=reviewed')).toEqual([])
  })

  it('is reviewed by somebody else, and was unreviewed before', async () => {
    const before = new Date().toISOString()
    const review = { outcome: 'accepted', checkedOn: '2026-12-01', remark: 'As in the abstract.' }
    expect(await refusal(send(test, 'modeller', `${PATH}/reviews`, review))).toEqual([403, 'action-not-permitted'])
    await expected(200, send(test, 'qa', `${PATH}/reviews`, review))
    expect(await list('?status=reviewed')).toMatchObject([{ id: ID, lastChecked: '2026-12-01' }])
    expect(await list(`?status=reviewed&asOf=${before}`)).toEqual([])
  })

  it('refuses whoever proposed an entry as its reviewer', async () => {
    const entry = { ...entries[0]!, id: 'a-method-of-ours', title: 'A method of ours' }
    await expected(201, send(test, 'compliance', '/api/v1/advances', entry))
    const review = { outcome: 'accepted', checkedOn: '2026-12-01', remark: 'As in the abstract.' }
    const own = send(test, 'compliance', '/api/v1/advances/a-method-of-ours/reviews', review)
    expect(await refusal(own)).toEqual([403, 'reviewer-is-proposer'])
    const unreviewed = send(test, 'qa', `${PATH}/supersession`, { by: 'a-method-of-ours' })
    expect(await refusal(unreviewed)).toEqual([409, 'advance-not-reviewed'])
    await expected(200, send(test, 'qa', '/api/v1/advances/a-method-of-ours/reviews', review))
    await expected(200, send(test, 'qa', `${PATH}/supersession`, { by: 'a-method-of-ours' }))
    expect(await list('?status=superseded')).toMatchObject([{ id: ID, supersededBy: 'a-method-of-ours' }])
  })

  it('refuses a model that is not ours', async () => {
    const entry = { ...entries[0]!, id: 'another-method', models: ['cvd.framingham'] }
    expect(await refusal(send(test, 'modeller', '/api/v1/advances', entry))).toEqual([422, 'advance-model-unknown'])
  })

  it('can be taken along as CSV and as JSON, with the filters of the list', async () => {
    const csv = await test.request('sponsor', '/api/v1/advances/export?format=csv&area=heart')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const [head, ...lines] = (await csv.text()).trimEnd().split('\r\n')
    expect(head).toMatch(/^id,title,area,method,citation,doi/)
    expect(lines.length).toBe((await list('?area=heart')).length)
    const json = await expected<{ entries: AdvanceView[] }>(200, test.request('sponsor', '/api/v1/advances/export'))
    expect(json.entries).toHaveLength(entries.length + 1)
  })
})
