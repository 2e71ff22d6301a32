import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compactVerify, importJWK, type JWK } from 'jose'
import type { RegisteredNotice } from '../../src/notices/queries/list-notice-register.js'
import type { PublishedVersion } from '../../src/notices/queries/list-published-notices.js'
import { projectRoot } from '../../src/platform/project-root.js'
import type { SignedReceipt } from '../../src/privacy/receipts/consent-receipts.js'
import { expected, participantOf, refusal, send } from '../e2e/support/clinic.js'
import { grantedErasure, person, post as postPrivacy, preparedErasure, RESEARCH } from '../privacy/support.js'
import { publishNotice } from '../support/published-notice.js'
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

// proves TL-CON-006
describe('the receipt of a consent', () => {
  const NEW_TEXT = `${GERMAN}\nWir geben sie jetzt auch an Dritte weiter.\n`
  const NOTICE = { id: 'research-de', version: '1.0', language: 'de' }
  const expression = { method: 'paper', by: 'subject' }
  let subject: string
  let consent: string
  let own: (path: string) => Promise<Response>
  let folder: string
  beforeAll(async () => {
    ;({ subject } = await person(test, 0))
    own = await participantOf(test, subject)
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-receipt-'))
    await publishNotice(test.service, NOTICE, { text: GERMAN })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const path = () => `/api/v1/subjects/${subject}/consents`
  const give = (notice: object) =>
    send(test, 'investigator', path(), {
      scope: { ...RESEARCH, dataCategories: ['laboratory'] },
      notice,
      ...expression,
    })
  const receiptFor = (ask: (path: string) => Promise<Response>) =>
    expected<SignedReceipt>(200, ask(`${path()}/${consent}/receipt`))
  const recordIn = ({ receipt }: SignedReceipt) => receipt['dpv:hasRecordOfActivity']
  /** What the script that only knows jose and the published keys says. */
  async function verified(receipt: object): Promise<string> {
    const files = { receipt: join(folder, 'receipt.json'), keys: join(folder, 'keys.json') }
    await writeFile(files.receipt, JSON.stringify(receipt))
    await writeFile(files.keys, await (await test.request(null, '/api/v1/keys')).text())
    const vkey = (await (await test.request(null, '/log/vkey')).text()).trim()
    const script = join(projectRoot(), 'scripts', 'verify-receipt.mjs')
    const run = promisify(execFile)(process.execPath, [script, files.receipt, '--keys', files.keys, '--vkey', vkey])
    return run.then(
      ({ stdout }) => stdout,
      ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr}`,
    )
  }

  it('is of a consent whose notice was in force, in the language that was shown', async () => {
    expect(await refusal(give({ ...NOTICE, language: 'fr' }))).toEqual([422, 'consent-notice-unknown'])
    ;({ consent } = await expected<{ consent: string }>(201, give(NOTICE)))
    const next = { ...NOTICE, version: '2.0' }
    await publishNotice(test.service, next, { text: NEW_TEXT, inForceFrom: '2021-01-01T00:00:00.000Z' })
    expect(await refusal(give(NOTICE))).toEqual([409, 'consent-notice-not-in-force'])
  })

  it('reproduces the exact notice after it was replaced, and says that it was', async () => {
    const record = recordIn(await receiptFor(own))
    expect(record).toMatchObject({
      'tl:status': 'given',
      'dpv:hasDataSubject': { 'dpv:hasIdentifier': subject },
      'dpv:hasConsentStatus': [
        { '@type': ['dpv:ConsentGiven', 'dpv:ExplicitlyExpressedConsent'], 'dpv:isIndicatedBy': 'dpv:DataSubject' },
      ],
      'dpv:hasProcess': { 'dpv:hasPersonalData': [{ 'dct:identifier': 'laboratory' }] },
      'dpv:hasNotice': {
        'dct:language': 'de',
        'schema:version': '1.0',
        'schema:text': GERMAN,
        'schema:sha256': digest(GERMAN),
        'tl:standing': 'superseded',
        'dct:isReplacedBy': { 'schema:version': '2.0' },
      },
    })
  })

  it('is verified with the published keys and jose alone', async () => {
    const { receipt, signature } = await receiptFor(own)
    const { keys } = (await (await test.request(null, '/api/v1/keys')).json()) as { keys: JWK[] }
    const key = keys.find(
      ({ kid }) => kid === (JSON.parse(Buffer.from(signature.split('.')[0]!, 'base64url').toString()) as JWK).kid,
    )!
    const { payload } = await compactVerify(signature, await importJWK(key, 'EdDSA'))
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(receipt)
  })

  it('is held against the log by a script of its own, which tells an altered one', async () => {
    const good = await receiptFor(own)
    expect(await verified(good)).toContain(
      `good: given consent ${consent}\n  notice research-de 1.0 (de), sha256 ${digest(GERMAN)}`,
    )
    const altered = JSON.parse(JSON.stringify(good)) as SignedReceipt
    Object.assign(recordIn(altered)['dpv:hasNotice'], { 'schema:text': NEW_TEXT, 'schema:sha256': digest(NEW_TEXT) })
    expect(await verified(altered)).toMatch(/^1: receipt-altered/)
    const [head, payload, mac] = good.signature.split('.')
    const resigned = Buffer.from(
      Buffer.from(payload!, 'base64url').toString().replace(digest(GERMAN), digest(NEW_TEXT)),
    )
    const forged = { ...good, signature: [head, resigned.toString('base64url'), mac].join('.') }
    expect(await verified(forged)).toMatch(/^1: signature-altered/)
    const [entry] = good.entries
    const told = Buffer.from(
      Buffer.from(entry!.payload!, 'base64').toString().replace(digest(GERMAN), digest(NEW_TEXT)),
    )
    const moved = { ...good, entries: [{ ...entry!, payload: told.toString('base64') }] }
    expect(await verified(moved)).toMatch(/^1: step-altered/)
  })

  it('holds for a consent that was asked for in one language and given in another', async () => {
    const { subject: other } = await person(test, 1)
    const shown = { ...NOTICE, version: '2.0' }
    await publishNotice(test.service, { ...shown, language: 'en' }, { inForceFrom: '2021-01-01T00:00:00.000Z' })
    const consents = `/api/v1/subjects/${other}/consents`
    const request = { scope: RESEARCH, notice: { ...shown, language: 'en' } }
    const asked = send(test, 'investigator', `${consents}/requests`, request)
    const { consent: answered } = await expected<{ consent: string }>(201, asked)
    await expected(200, send(test, 'investigator', `${consents}/${answered}/gift`, { notice: shown, ...expression }))
    const receipt = test.request('compliance', `${consents}/${answered}/receipt`)
    const told = await verified(await expected<SignedReceipt>(200, receipt))
    expect(told).toContain(`good: given consent ${answered}\n  notice research-de 2.0 (de), sha256 ${digest(NEW_TEXT)}`)
    expect(told).toContain('2 steps in the log')
  })

  it('is printed with the same words', async () => {
    const answer = await own(`${path()}/${consent}/receipt.html`)
    expect(answer.headers.get('content-type')).toContain('text/html')
    const page = await answer.text()
    expect(page).toContain(GERMAN)
    expect(page).toContain(digest(GERMAN))
  })

  it('is handed to those who answer for it, on record, and to nobody else', async () => {
    const asked = (as: string) => test.request(as, `${path()}/${consent}/receipt`)
    expect(await refusal(asked('modeller'))).toEqual([403, 'action-not-permitted'])
    await expected(200, asked('compliance'))
    const trail = await expected<{ entries: { type: string; actor: { role: string }; sentence: string }[] }>(
      200,
      test.request('regulator', `/api/v1/audit?subject=${subject}&type=access.values-opened&limit=5`),
    )
    expect(trail.entries.map(({ actor, sentence }) => `${actor.role}: ${sentence}`).join('\n')).toMatch(
      /^compliance: .*consent-receipt/m,
    )
  })

  it('says that the consent was withdrawn', async () => {
    await expected(200, send(test, 'investigator', `${path()}/${consent}/withdrawal`, expression))
    const receipt = await receiptFor(own)
    expect(recordIn(receipt)).toMatchObject({
      'tl:status': 'withdrawn',
      'dpv:hasConsentStatus': [{}, { '@type': 'dpv:ConsentWithdrawn', 'dpv:hasIndicationMethod': 'paper' }],
      'dpv:hasNotice': { 'schema:text': GERMAN },
    })
    expect(await verified(receipt)).toContain('2 steps in the log')
  })

  it('still proves after an erasure that there was a consent, and tells of no health any more', async () => {
    const erasure = await grantedErasure(test, await preparedErasure(test, { twin: '', subject }))
    await postPrivacy(test, 'qa', `erasures/${erasure}/confirmation`)
    await postPrivacy(test, 'administrator', `erasures/${erasure}/execution`)
    const receipt = await receiptFor(own)
    const { 'dpv:hasProcess': process, 'dpv:hasNotice': notice } = recordIn(receipt)
    expect(notice).toMatchObject({ 'schema:text': GERMAN })
    expect(process).toMatchObject({ 'tl:erased': ['dpv:hasPersonalData', 'tl:modelClasses', 'tl:duo', 'tl:diseases'] })
    expect(JSON.stringify(receipt)).not.toMatch(/laboratory|"cvd"|DUO:/)
    expect(receipt.entries.map(({ payload }) => payload)).toEqual([null, null])
    expect(await verified(receipt)).toContain('good: withdrawn')
  })
})
