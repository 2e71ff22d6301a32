import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CompactSign, decodeJwt, decodeProtectedHeader } from 'jose'
import { evaluationFolder } from '../../src/platform/data-folder.js'
import { requestEvaluationToken } from '../../src/identity/evaluation-issuer/request-evaluation-token.js'
import { requestStepUpToken } from '../../src/identity/evaluation-issuer/request-step-up-token.js'
import { EVALUATION_ACR } from '../../src/platform/configuration.js'
import { projectRoot } from '../../src/platform/project-root.js'
import type { SignatureReceipt } from '../../src/signatures/commands/sign-record.js'
import type { SignatureView } from '../../src/signatures/queries/get-signature.js'
import type { SignaturePage } from '../../src/signatures/queries/list-signatures.js'
import { refusal } from '../e2e/support/clinic.js'
import { allPages } from '../support/all-pages.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { Signing } from './support.js'

let test: TestService
let people: Signing
let folder: string
let trial: string
let stream: string
beforeAll(async () => {
  test = await startTestService()
  people = await Signing.at(test)
  folder = await mkdtemp(join(tmpdir(), 'twin-ledger-signatures-'))
  trial = await people.registerTrial('SIGN-1')
  stream = `trial-${trial}`
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await test.stop()
})

const issuerUrl = () => `${test.url}/oidc`
const stepUp = (account: string, acr: string, nonce?: string) =>
  requestStepUpToken({
    issuerUrl: issuerUrl(),
    dataDirectory: evaluationFolder(test.configuration),
    account,
    acr,
    nonce,
  })
const publishedKeys = () => people.read<{ keys: { kid: string; validity?: object }[] }>('regulator', '/api/v1/keys')

/** The script as somebody runs it who has nothing of ours but it. */
async function verifyOffline(view: object, keys: object): Promise<{ exit: number | null; output: string }> {
  const [signatureFile, keysFile] = [join(folder, 'signature.json'), join(folder, 'keys.json')]
  await writeFile(signatureFile, JSON.stringify(view))
  await writeFile(keysFile, JSON.stringify(keys))
  const vkey = await (await test.request(null, '/log/vkey')).text()
  const script = join(projectRoot(), 'scripts', 'verify-signature.mjs')
  const child = spawn(process.execPath, [script, signatureFile, '--keys', keysFile, '--vkey', vkey.trim()])
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { exit, output }
}

describe('before the first signature', () => {
  it('a person has to declare that signatures bind them', async () => {
    expect((await people.open('qa', stream, 0, 'approval')).body.code).toBe('signer-not-attested')
  })

  it('an ordinary token is answered with what to authenticate by (RFC 9470)', async () => {
    const { status, challenge, body } = await people.post(await test.token('qa'), '/api/v1/signers/me/attestation', {
      printedName: 'Ada Example',
    })
    expect([status, body.code]).toEqual([401, 'step-up-required'])
    expect(challenge).toContain('error="insufficient_user_authentication"')
    expect(challenge).toContain(`acr_values="${EVALUATION_ACR.allComponents}"`)
    expect(challenge).toContain('max_age="120"')
  })

  it('the declaration is made with all components', async () => {
    expect((await people.attest('qa', 'Ada Example')).status).toBe(201)
    expect((await people.attest('sponsor', 'Sam Sponsor')).status).toBe(201)
  })
})

describe('a signature', () => {
  let receipt: SignatureReceipt

  // proves TL-SIG-002
  it('is made after the person gave account and password at the issuer', async () => {
    const { body: opened } = await people.open('qa', stream, 0, 'approval')
    expect(opened).toMatchObject({ components: 'all', acrValues: [EVALUATION_ACR.allComponents], maxAge: 120 })
    const token = await stepUp('qa', opened.acrValues[0]!, opened.request)
    expect(decodeJwt(token)).toMatchObject({ acr: EVALUATION_ACR.allComponents, nonce: opened.request })
    const { status, body } = await people.sign(token, opened.request)
    expect(status).toBe(201)
    receipt = body
  })

  it('needs the password alone for the next one in the session', async () => {
    const { body: opened } = await people.open('qa', stream, 0, 'responsibility')
    expect(opened.components).toBe('one')
    const token = await stepUp('qa', opened.acrValues[0]!, opened.request)
    expect(decodeJwt(token).acr).toBe(EVALUATION_ACR.oneComponent)
    expect((await people.sign(token, opened.request)).status).toBe(201)
  })

  // proves TL-SIG-001
  it('shows printed name, time and meaning, bound to the record’s entry in the log', async () => {
    const view = await people.read('regulator', `/api/v1/signatures/${receipt.signature}`, receipt)
    expect(view).toMatchObject({
      record: { stream, revision: 0, type: 'trial.registered' },
      meaning: 'approval',
      signer: { role: 'qa', name: 'Ada Example' },
      signedAt: receipt.signedAt,
      status: 'valid',
      voidedBy: null,
    })
    const list = (query: string) => `/api/v1/signatures${query}&stream=${stream}`
    const pages = await allPages((query) => people.read<SignaturePage>('regulator', list(query)))
    expect(pages.flatMap(({ signatures }) => signatures).map(({ meaning }) => meaning)).toEqual([
      'responsibility',
      'approval',
    ])
    const bare = test.request('regulator', list(`?cursor=${receipt.position + 1}`))
    expect(await refusal(bare)).toEqual([400, 'cursor-invalid'])
  })

  it('prints as a certificate', async () => {
    const response = await test.request('regulator', `/api/v1/signatures/${receipt.signature}/certificate`)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    const html = await response.text()
    for (const shown of ['Ada Example', 'approval', receipt.signedAt, 'Valid']) expect(html).toContain(shown)
  })

  it('keeps the name out of the database and the log file', async () => {
    const { rows } = await test.db.ownerPool.query<{ stored: Buffer }>('select stored from ledger.payload')
    const stored = Buffer.concat(rows.map((row) => row.stored)).toString('latin1')
    expect(stored).not.toContain('Ada Example')
    expect(test.logged()).not.toContain('Ada')
  })

  it('records who was shown the name', async () => {
    const { entries } = await people.read<{ entries: { type: string; sentence: string }[] }>(
      'regulator',
      '/api/v1/audit?type=access.values-opened',
    )
    expect(entries.map(({ sentence }) => sentence)).toContainEqual(expect.stringContaining('signer-name'))
  })

  it('is withheld from who may not see the record', async () => {
    const response = await test.request('modeller', `/api/v1/signatures/${receipt.signature}`)
    expect(response.status).toBe(403)
  })
})

describe('a signature that is not to be made', () => {
  const refusedFor = async (token: string, request: string) => {
    const { status, body } = await people.sign(token, request)
    return [status, body.code]
  }

  it('is refused to a program', async () => {
    const { body: opened } = await people.open('qa', stream, 0, 'acknowledgement')
    const claims = { acr: EVALUATION_ACR.allComponents, auth_time: Math.floor(Date.now() / 1000), client_id: 'qa' }
    const token = await people.issuer.issueToken('qa', { claims })
    expect(await refusedFor(token, opened.request)).toEqual([403, 'service-account-cannot-sign'])
    const own = { issuerUrl: issuerUrl(), dataDirectory: evaluationFolder(test.configuration), account: 'qa' }
    expect(await refusedFor(await requestEvaluationToken(own), opened.request)).toEqual([401, 'step-up-required'])
  })

  it('is refused after an expired, a foreign, a weak and a used authentication, each for its reason', async () => {
    const { body: first } = await people.open('qa', stream, 0, 'acknowledgement')
    const expired = await people.steppedUp('qa', { ago: 300 })
    expect(await refusedFor(expired, first.request)).toEqual([401, 'step-up-expired'])
    const other = await people.steppedUp('qa', { nonce: 'd7f1f0fe-2f9d-4c8a-8f8e-6a2f6c1b7d11' })
    expect(await refusedFor(other, first.request)).toEqual([401, 'step-up-not-for-this-signing'])
    const weak = await people.steppedUp('qa', { acr: 'urn:example:nothing' })
    expect(await refusedFor(weak, first.request)).toEqual([401, 'step-up-insufficient'])
    const used = await people.steppedUp('qa')
    expect((await people.sign(used, first.request)).status).toBe(201)
    const { body: second } = await people.open('qa', stream, 0, 'acknowledgement')
    expect(await refusedFor(used, second.request)).toEqual([401, 'step-up-replayed'])
  })

  it('is refused to whoever authenticated as somebody else', async () => {
    const { body: opened } = await people.open('qa', stream, 0, 'acknowledgement')
    expect(await refusedFor(await people.steppedUp('sponsor'), opened.request)).toEqual([
      404,
      'signing-request-not-found',
    ])
  })

  it('is not opened for an author’s own review, nor for somebody else’s authorship', async () => {
    expect((await people.open('sponsor', stream, 0, 'approval')).body.code).toBe('signer-is-author')
    expect((await people.open('qa', stream, 0, 'authorship')).body.code).toBe('signer-is-not-author')
    expect((await people.open('sponsor', stream, 0, 'authorship')).status).toBe(201)
  })

  it('is not opened for what is no record', async () => {
    expect((await people.open('qa', stream, 7, 'review')).body.code).toBe('record-not-found')
    const signer = `signer-${trial}`
    expect((await people.open('qa', signer, 0, 'review')).body.code).toBe('record-not-signable')
  })
})

describe('whoever has nothing but files', () => {
  let view: SignatureView
  beforeAll(async () => {
    const receipt = await people.signed('qa', stream, 0, 'verification')
    view = await people.read('regulator', `/api/v1/signatures/${receipt.signature}`, receipt)
  })
  const changed = (evidence: object): object => ({ ...view, evidence: { ...view.evidence, ...evidence } })

  // proves TL-SIG-001
  it('verifies a good signature', async () => {
    const { exit, output } = await verifyOffline(view, await publishedKeys())
    expect(output).toContain(`good: verification of ${stream} revision 0`)
    expect(exit).toBe(0)
  })

  // proves TL-SIG-001
  it('finds one that was transplanted onto another record', async () => {
    const other = `trial-${await people.registerTrial('SIGN-2')}`
    const receipt = await people.signed('qa', other, 0, 'verification')
    const elsewhere = await people.read('regulator', `/api/v1/signatures/${receipt.signature}`, receipt)
    const { exit, output } = await verifyOffline(changed({ record: elsewhere.evidence!.record }), await publishedKeys())
    expect([exit, output]).toEqual([1, expect.stringMatching(/^signature-transplanted/)])
  })

  it('finds one that was altered', async () => {
    const [header, payload, signature] = view.evidence!.jws.split('.')
    const statement = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object
    const altered = Buffer.from(JSON.stringify({ ...statement, meaning: 'approval' })).toString('base64url')
    const jws = `${header}.${altered}.${signature}`
    const { exit, output } = await verifyOffline(changed({ jws }), await publishedKeys())
    expect([exit, output]).toEqual([1, expect.stringMatching(/^signature-altered/)])
  })

  it('finds one that was forged with a key of the forger’s own', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const payload = Buffer.from(view.evidence!.jws.split('.')[1]!, 'base64url')
    const header = { ...decodeProtectedHeader(view.evidence!.jws), alg: 'EdDSA', kid: 'own' }
    const jws = await new CompactSign(payload).setProtectedHeader(header).sign(privateKey)
    const { exit, output } = await verifyOffline(changed({ jws }), await publishedKeys())
    expect([exit, output]).toEqual([1, expect.stringMatching(/^signature-key-unknown/)])
  })

  it('finds one that the log does not have', async () => {
    const other = await people.signed('qa', stream, 0, 'acknowledgement')
    const { evidence } = await people.read<SignatureView>('regulator', `/api/v1/signatures/${other.signature}`, other)
    const { exit, output } = await verifyOffline(changed({ signature: evidence!.signature }), await publishedKeys())
    expect([exit, output]).toEqual([1, expect.stringMatching(/^signature-not-in-log/)])
  })

  it('still trusts what a key signed before it was replaced and revoked, and nothing after', async () => {
    const kid = decodeProtectedHeader(view.evidence!.jws).kid!
    const administrator = await test.token('administrator')
    expect((await people.post(administrator, '/api/v1/signature-keys/rotations', {})).status).toBe(201)
    const revocation = { reason: 'key-compromised' }
    const path = `/api/v1/signature-keys/${kid}/revocation`
    expect((await people.post(administrator, path, revocation)).status).toBe(200)
    const { keys } = await publishedKeys()
    expect(keys.find((key) => key.kid === kid)!.validity).toMatchObject({ revocationReason: 'key-compromised' })
    expect(await verifyOffline(view, { keys })).toMatchObject({ exit: 0 })

    const next = await people.signed('qa', stream, 0, 'verification')
    const renewed = await people.read<SignatureView>('regulator', `/api/v1/signatures/${next.signature}`, next)
    expect(decodeProtectedHeader(renewed.evidence!.jws).kid).not.toBe(kid)
    expect(renewed.status).toBe('valid')

    const before = keys.map((key) =>
      key.kid === kid ? { ...key, validity: { ...key.validity, revokedFromPosition: view.position } } : key,
    )
    const { exit, output } = await verifyOffline(view, { keys: before })
    expect([exit, output]).toEqual([1, expect.stringMatching(/^signature-key-not-in-force/)])
  })
})

// proves TL-SIG-003
describe('a key that leaked a while ago', () => {
  const KEYS = '/api/v1/signature-keys'
  const asked = { reason: 'key-compromised' }
  const statusOf = async ({ signature }: SignatureReceipt) =>
    (await people.read<SignatureView>('regulator', `/api/v1/signatures/${signature}`)).status

  it('is distrusted from an earlier position only if somebody else agrees, who sees what that voids', async () => {
    const early = await people.signed('qa', stream, 0, 'acknowledgement')
    const late = await people.signed('qa', stream, 0, 'acknowledgement')
    const view = await people.read<SignatureView>('regulator', `/api/v1/signatures/${late.signature}`, late)
    const kid = decodeProtectedHeader(view.evidence!.jws).kid!
    const [administrator, qa] = [await test.token('administrator'), await test.token('qa')]
    const backdated = { ...asked, fromPosition: late.position }
    expect((await people.post(administrator, `${KEYS}/${kid}/revocation`, backdated)).status).toBe(400)

    const request = await people.post<Asked>(administrator, `${KEYS}/${kid}/backdatings`, backdated)
    expect(request).toMatchObject({ status: 201, body: { voids: 1 } })
    const path = `${KEYS}/backdatings/${request.body.backdating}`
    expect(await people.read<object>('qa', path)).toMatchObject({
      kid,
      voidsNow: 1,
      atStake: [{ signature: late.signature }],
    })
    expect(test.logged()).toContain('Security alert: signature-key-backdating-requested.')
    expect([await statusOf(early), await statusOf(late)]).toEqual(['valid', 'valid'])
    const decision = { outcome: 'approved' }
    expect((await people.post(administrator, `${path}/decision`, decision)).status).toBe(403)

    expect(await people.post(qa, `${path}/decision`, decision)).toMatchObject({ status: 200, body: { voids: 1 } })
    expect([await statusOf(early), await statusOf(late)]).toEqual(['valid', 'invalid'])
    expect(await statusOf(await people.signed('qa', stream, 0, 'acknowledgement'))).toBe('valid')
    const metrics = await (await test.request(null, '/metrics')).text()
    expect(metrics).toContain('security_alerts_total{kind="signature-key-backdated"} 1')
    expect((await people.post(qa, `${path}/decision`, decision)).body.code).toBe('signature-key-backdating-decided')
  })

  it('goes on signing when that is refused, and a decision that comes too late replaces nothing', async () => {
    const signingKey = async () => {
      const receipt = await people.signed('qa', stream, 0, 'acknowledgement')
      const view = await people.read<SignatureView>('regulator', `/api/v1/signatures/${receipt.signature}`, receipt)
      return decodeProtectedHeader(view.evidence!.jws).kid!
    }
    const kid = await signingKey()
    const [administrator, qa] = [await test.token('administrator'), await test.token('qa')]
    const backdated = { ...asked, fromPosition: 0 }
    const { body } = await people.post<Asked>(administrator, `${KEYS}/${kid}/backdatings`, backdated)
    const decide = (outcome: 'approved' | 'refused') =>
      people.post(qa, `${KEYS}/backdatings/${body.backdating}/decision`, { outcome })
    expect((await decide('refused')).status).toBe(200)
    expect(await signingKey()).toBe(kid)
    expect((await decide('approved')).body.code).toBe('signature-key-backdating-decided')
    expect(await signingKey()).toBe(kid)
    type Page = { backdatings: { backdating: string; decision: { outcome: string } }[]; next?: string }
    const pages = await allPages((query) => people.read<Page>('qa', `${KEYS}/backdatings${query}`))
    const outcomes = pages.map(({ backdatings }) => backdatings.map(({ decision }) => decision.outcome))
    expect(outcomes).toEqual([['refused'], ['approved']])
  })

  interface Asked {
    backdating: string
    voids: number
  }
})

describe('a change after signing', () => {
  // proves TL-SIG-001
  it('voids the signature visibly, wherever it is shown', async () => {
    const receipt = await people.signed('qa', stream, 0, 'review')
    const { position } = await people.amendProtocol(trial, '2.0')
    const path = `/api/v1/signatures/${receipt.signature}`
    const view = await people.read('regulator', path, { position })
    expect(view).toMatchObject({
      status: 'voided-by-change',
      voidedBy: { revision: 1, position, type: 'trial.protocol-amended' },
    })
    expect(await (await test.request('regulator', `${path}/certificate`)).text()).toContain('VOID')
    const voided = { signer: { name: 'Ada Example' }, meaning: 'review', status: 'voided-by-change' }
    const signatures = expect.arrayContaining([expect.objectContaining({ signature: receipt.signature })])
    expect(await people.read('regulator', `/api/v1/trials/${trial}`)).toMatchObject({ signatures })
    const entry = await people.read<{ signatures: object[] }>('regulator', `/api/v1/audit/${view.record.position}`)
    expect(entry.signatures.at(-1)).toMatchObject(voided)
    expect((await people.open('qa', stream, 0, 'review')).body.code).toBe('record-changed')
  })
})
