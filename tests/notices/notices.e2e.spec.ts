import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RegisteredNotice } from '../../src/notices/queries/list-notice-register.js'
import type { PublishedVersion } from '../../src/notices/queries/list-published-notices.js'
import { expected, refusal, send } from '../e2e/support/clinic.js'
import { startTestService, type TestService } from '../support/test-service.js'

let test: TestService
beforeAll(async () => {
  test = await startTestService()
})
afterAll(() => test.stop())

const PATH = '/api/v1/consent-notices'
const GERMAN = 'Dürfen wir Ihre Daten für die Forschung nutzen?\n\nSie können Nein sagen.\n'
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const post = (as: string | null, path: string, body: object = {}) => send(test, as, `${PATH}${path}`, body)

// proves TL-CON-008
describe('a notice of consent', () => {
  const draft = { notice: 'study', version: '1.0', language: 'de', title: 'Ihre Daten', text: GERMAN }
  const judgement = { outcome: 'approved', sha256: digest(GERMAN), remark: 'Vollständig und verständlich.' }

  it('is drafted by compliance and approved by somebody else', async () => {
    expect(await refusal(post('qa', '', draft))).toEqual([403, 'action-not-permitted'])
    await expected(201, post('compliance', '', draft))
    expect(await refusal(post('compliance', '/study/1.0/publication'))).toEqual([409, 'consent-notice-not-approved'])
    const judge = (as: string) => post(as, '/study/1.0/de/judgement', judgement)
    expect(await refusal(judge('compliance'))).toEqual([403, 'notice-approver-is-author'])
    expect(await refusal(judge('steward'))).toEqual([403, 'action-not-permitted'])
    await expected(200, judge('qa'))
  })

  it('is read by those who answer for it until it is published', async () => {
    const path = `${PATH}/register?notice=study`
    const { notices } = await expected<{ notices: RegisteredNotice[] }>(200, test.request('regulator', path))
    expect(notices).toMatchObject([
      { versions: [{ standing: 'unpublished', texts: [{ status: 'approved', text: GERMAN }] }] },
    ])
    expect(await refusal(test.request('participant', path))).toEqual([403, 'action-not-permitted'])
    expect(await refusal(test.request(null, `${PATH}/study/1.0/de`))).toEqual([404, 'consent-notice-text-not-found'])
  })

  it('is then read by everybody, byte for byte, and never changed', async () => {
    await expected(200, post('compliance', '/study/1.0/publication'))
    const { notices } = await expected<{ notices: PublishedVersion[] }>(200, test.request(null, PATH))
    expect(notices).toMatchObject([
      { notice: 'study', version: '1.0', standing: 'in-force', texts: [{ language: 'de' }] },
    ])
    const answer = await test.request(null, `${PATH}/study/1.0/de/text`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes).toEqual(Buffer.from(GERMAN))
    expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`)
    expect(answer.headers.get('content-language')).toBe('de')
    const changed = post('compliance', '', { ...draft, text: 'Ja.' })
    expect(await refusal(changed)).toEqual([409, 'consent-notice-published'])
  })

  it('takes the place of the version before, and can be withdrawn', async () => {
    const next = { ...draft, version: '2.0', text: `${GERMAN}\nNeu.\n` }
    await expected(201, post('compliance', '', next))
    await expected(200, post('qa', '/study/2.0/de/judgement', { ...judgement, sha256: digest(next.text) }))
    await expected(200, post('compliance', '/study/2.0/publication'))
    const standings = async () => {
      const { notices } = await expected<{ notices: PublishedVersion[] }>(
        200,
        test.request(null, `${PATH}?notice=study`),
      )
      return notices.map(({ version, standing }) => `${version} ${standing}`)
    }
    expect(await standings()).toEqual(['2.0 in-force', '1.0 superseded'])
    await expected(200, post('compliance', '/study/2.0/withdrawal', { reason: 'text-faulty' }))
    expect(await standings()).toEqual(['2.0 withdrawn', '1.0 superseded'])
    await expected(200, test.request(null, `${PATH}/study/1.0/de`))
  })
})
