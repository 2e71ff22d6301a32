/** Bodies and meshes over HTTP and on the command line, with the whole service. */
import { createHash, randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import { GiveConsent } from '../../src/consents/commands/give-consent.js'
import { WithdrawConsent } from '../../src/consents/commands/withdraw-consent.js'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import { Journal } from '../../src/journal/journal.js'
import { SealedFiles } from '../../src/vault/sealed-files.js'
import { Vault } from '../../src/vault/vault.js'
import { DeleteStrayFiles } from '../../src/body/commands/delete-stray-files.js'
import { RecordFacts } from '../../src/twins/commands/record-facts.js'
import { RegisterTwin } from '../../src/twins/commands/register-twin.js'
import { expressed, notice, scope } from '../consents/support.js'
import { measured, pressure } from '../simulations/support.js'
import { publishNotice } from '../support/published-notice.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { glbIssues } from '../support/validate-glb.js'
import { readGlb } from './support.js'

let test: TestService
let commands: CommandBus
let twin: string
let subject: string
beforeAll(async () => {
  test = await startTestService()
  commands = test.service.app.get(CommandBus, { strict: false })
  await publishNotice(test.service, notice)
  ;({ twin, subject } = await person())
  await record(twin, ECHO, RESTING, SIZE)
})
afterAll(() => test.stop())

const context = (): CommandContext => ({ actor: { id: 'actor-1', role: 'investigator' }, correlation: randomUUID() })
const recently = new Date(Date.now() - 86_400_000).toISOString()
const ECHO = [
  measured('29436-3', 4.8, 'cm', recently),
  measured('18154-5', 9, 'mm', recently),
  measured('18152-9', 0.9, 'cm', recently),
  measured('10230-1', 60, '%', recently),
]
const RESTING = [measured('8867-4', 66, '/min', recently), pressure(126, recently)]
const SIZE = [measured('8302-2', 168, 'cm', recently), measured('29463-7', 64, 'kg', recently)]

async function person(): Promise<{ twin: string; subject: string }> {
  const demographics = { sex: 'female', birthDate: '1976-02-10', source: { system: 'clinic-ehr' } } as const
  const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
  const registered = await commands.execute(
    new RegisterTwin(context(), { custody, source: 'clinic-ehr', demographics }),
  )
  await commands.execute(
    new GiveConsent(context(), {
      subject: registered.subject,
      scope: scope({ purposes: ['HRESCH', 'TREAT'], modelClasses: 'any', dataCategories: 'any' }),
      notice,
      ...expressed,
    }),
  )
  return registered
}
async function record(of: string, ...facts: (typeof ECHO)[]): Promise<void> {
  const { position } = await commands.execute(new RecordFacts(context(), { twin: of, facts: facts.flat() }))
  // Policy reads where a twin is held from a read model.
  const seen = await test.request('investigator', `/api/v1/twins/${of}`, {
    headers: { 'Ledger-Wait-For': String(Number(position) + 1) },
  })
  expect(seen.status).toBe(200)
}
const body = (part: 'body' | 'left-ventricle', query = '', as = 'investigator', of = twin) =>
  test.request(as, `/api/v1/twins/${of}/body/${part}.glb${query}`)
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const eventsOf = (stream: string) => test.service.app.get(Journal, { strict: false }).read(stream)

describe('the body of a twin', () => {
  it('is a file with its digest, clean under the validator, that says where it comes from', async () => {
    const response = await body('left-ventricle')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('model/gltf-binary')
    const glb = await bytes(response)
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${createHash('sha256').update(glb).digest('base64')}:`)
    expect(await glbIssues(glb)).toEqual([])

    const { extras } = (await readGlb(glb)).getRoot().getAsset() as { extras?: unknown }
    expect(extras).toMatchObject({
      notice: expect.stringContaining('Not for diagnosis'),
      twin,
      twinRevision: expect.any(Number),
      models: [
        { id: 'body.lv-truncated-ellipsoid', version: '1.0.0', codeDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { id: 'heart.loop-bjordalsbakke-2022' },
      ],
      inputs: expect.arrayContaining([
        expect.objectContaining({
          input: 'ivsd_cm',
          value: 0.9,
          sources: [expect.objectContaining({ value: 9, unit: 'mm' })],
        }),
      ]),
    })
  })

  it('has the same digest for the same revision, and is on record with what permitted it', async () => {
    const [one, other] = [await body('body'), await body('body', '?purpose=TREAT')]
    expect([one.status, other.status]).toEqual([200, 200])
    expect(other.headers.get('repr-digest')).toBe(one.headers.get('repr-digest'))

    const last = (await eventsOf(`body-${twin}`)).at(-1)!
    expect(last).toMatchObject({
      type: 'body.rendered',
      state: 'opened',
      header: { purpose: 'TREAT', actor: { role: 'investigator' } },
      data: { kind: 'body', authorisations: [expect.any(String), expect.any(String), expect.any(String)] },
    })
    const opened = (await eventsOf(`access-${subject}`)).at(-1)!
    expect(opened.data).toMatchObject({ twin, what: expect.arrayContaining(['demographics', 'observation']) })
  })

  it('names no record to a reader who knows the twin by a pseudonym', async () => {
    const response = await body('left-ventricle', '', 'modeller')
    expect(response.status).toBe(200)
    const { extras } = (await readGlb(await bytes(response))).getRoot().getAsset() as { extras?: object }
    expect(JSON.stringify(extras)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)
    expect(response.headers.get('content-disposition')).not.toContain(twin.slice(0, 8))
  })

  it('is refused with every input that is in the way, on record', async () => {
    const { twin: bare } = await person()
    await record(bare, SIZE)
    const response = await body('left-ventricle', '', 'investigator', bare)
    expect(response.status).toBe(422)
    const { code, reasons } = (await response.json()) as { code: string; reasons: { input: string; code: string }[] }
    expect(code).toBe('inputs-refused')
    expect(reasons.map(({ input, code: why }) => `${input} ${why}`)).toEqual(
      ['lvidd_cm', 'ivsd_cm', 'lvpwd_cm', 'ejectionFraction_percent', 'heartRate', 'SBP', 'DBP'].map(
        (input) => `${input} missing`,
      ),
    )
    expect((await eventsOf(`body-${bare}`)).at(-1)).toMatchObject({
      type: 'body.refused',
      data: { stage: 'inputs', reasons },
    })

    const whole = await body('body', '', 'investigator', bare)
    expect(whole.status).toBe(200)
    const { extras } = (await readGlb(await bytes(whole))).getRoot().getAsset() as { extras?: { remarks: string[] } }
    expect(extras!.remarks.join(' ')).toContain('lvidd_cm missing')
  })

  it('is refused once consent is withdrawn, on record', async () => {
    const other = await person()
    await record(other.twin, SIZE)
    await commands.execute(new WithdrawConsent(context(), { subject: other.subject, ...expressed }))
    const response = await body('body', '', 'investigator', other.twin)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'consent-missing', codes: ['withdrawn'] })
    expect((await eventsOf(`body-${other.twin}`)).at(-1)).toMatchObject({
      type: 'body.refused',
      data: { stage: 'consent' },
    })
  })

  it.each(['regulator', 'administrator', 'steward'])('is not for a %s', async (role) => {
    expect((await body('body', '', role)).status).toBe(403)
  })

  it('is written to a file by the command line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-body-'))
    try {
      const out = join(folder, 'heart.glb')
      const hook = new URL('../support/register-typescript.js', import.meta.url).pathname
      const cli = new URL('../../src/cli.ts', import.meta.url).pathname
      const token = await test.token('investigator')
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...['--import', hook, cli, 'body', 'export', twin, '--part', 'left-ventricle'],
        ...['--out', out, '--url', test.url, '--token', token],
      ])
      expect(stdout).toContain((await body('left-ventricle')).headers.get('repr-digest'))
      expect(await glbIssues(await readFile(out))).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('an organ mesh attached to a twin', () => {
  const attach = (file: Uint8Array<ArrayBuffer>, as = 'investigator', organ = 'UBERON:0000948') =>
    test.request(as, `/api/v1/twins/${twin}/meshes?organ=${organ}`, {
      method: 'POST',
      headers: { 'content-type': 'model/gltf-binary' },
      body: file,
    })
  const read = (mesh: string, as = 'investigator') => test.request(as, `/api/v1/twins/${twin}/meshes/${mesh}`)
  let glb: Uint8Array<ArrayBuffer>
  let mesh: string
  beforeAll(async () => {
    glb = await bytes(await body('left-ventricle'))
    const response = await attach(glb)
    expect(response.status).toBe(201)
    const answer = (await response.json()) as { mesh: string; digest: string; findings: string[] }
    expect(answer).toMatchObject({
      organ: 'UBERON:0000948',
      digest: createHash('sha256').update(glb).digest('hex'),
      findings: ['carries-extras', 'carries-animation'],
    })
    mesh = answer.mesh
  })

  it('is listed, served back as it came, and both readings are on record', async () => {
    const listed = await test.request('investigator', `/api/v1/twins/${twin}/meshes`)
    expect(await listed.json()).toEqual([expect.objectContaining({ mesh, bytes: glb.length })])
    expect(Buffer.compare(await bytes(await read(mesh)), glb)).toBe(0)
    const readings = (await eventsOf(`access-${subject}`))
      .slice(-2)
      .map(({ data }) => (data as { what: string[] }).what)
    expect(readings).toEqual([['mesh-description'], ['mesh']])
  })

  it('rests sealed: neither the database nor the log shows a byte of it', async () => {
    const { rows } = await test.db.servicePool.query<{ content: Buffer }>(
      'select content from vault.sealed_file where id = $1',
      [mesh],
    )
    expect(rows[0]!.content.includes('glTF')).toBe(false)
    expect((await eventsOf(`meshes-${twin}`))[0]!.header.payload.enc).toBe('A256GCM')
  })

  it('is attached once', async () => {
    const again = await attach(glb)
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'mesh-attached', mesh })
    const { rows } = await test.db.servicePool.query('select from vault.sealed_file')
    expect(rows).toHaveLength(1)
  })

  it('is refused with the faults that were found, and without a body', async () => {
    const refused = await attach(new TextEncoder().encode('glTF, or so it says'))
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'mesh-refused', faults: [{ code: 'not-glb' }] })
    const without = await test.request('investigator', `/api/v1/twins/${twin}/meshes?organ=UBERON:0000948`, {
      method: 'POST',
    })
    expect(await without.json()).toMatchObject({ code: 'mesh-missing' })
    expect((await attach(glb, 'investigator', 'heart')).status).toBe(400)
  })

  it('is for those whom the policy lets, to attach and to read', async () => {
    expect((await attach(glb, 'modeller')).status).toBe(403)
    expect((await read(mesh, 'modeller')).status).toBe(200)
    expect((await read(mesh, 'administrator')).status).toBe(403)
  })

  it('is not served when the stored file was altered', async () => {
    const stored = 'overlay(content placing $2::bytea from 100 for 1)'
    const alter = (byte: Buffer) =>
      test.db.ownerPool.query(`update vault.sealed_file set content = ${stored} where id = $1`, [mesh, byte])
    const { rows } = await test.db.servicePool.query<{ content: Buffer }>(
      'select content from vault.sealed_file where id = $1',
      [mesh],
    )
    const byte = rows[0]!.content.subarray(99, 100)
    await alter(Buffer.from([byte[0]! ^ 1]))
    expect((await read(mesh)).status).toBe(500)
    await alter(byte)
    expect((await read(mesh)).status).toBe(200)
  })

  it('is deleted when it is detached, and the log remembers that there was one', async () => {
    const other = await bytes(await body('body'))
    const { mesh: second } = (await (await attach(other, 'investigator', 'UBERON:0000468')).json()) as { mesh: string }
    const detached = await test.request('investigator', `/api/v1/twins/${twin}/meshes/${second}/detachment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'superseded' }),
    })
    expect(detached.status).toBe(200)
    expect((await read(second)).status).toBe(404)
    const { rows } = await test.db.servicePool.query('select from vault.sealed_file where id = $1', [second])
    expect(rows).toEqual([])
    expect((await eventsOf(`meshes-${twin}`)).at(-1)).toMatchObject({ type: 'mesh.detached', data: { mesh: second } })
  })

  it('leaves no file behind that no event names, and takes none away that may be about to be named', async () => {
    const app = test.service.app
    const stray = { id: randomUUID(), stream: `meshes-${twin}` }
    // As when the process dies between writing the file and recording it.
    const files = app.get(SealedFiles, { strict: false })
    await files.put({ ...stray, subject, keyClass: 'trial-record', content: new Uint8Array([1, 2, 3]) })
    const sweep = (until: number) => app.get(CommandBus).execute(new DeleteStrayFiles(new Date(until).toISOString()))
    expect(await sweep(Date.now() - 3_600_000)).toEqual({ deleted: 0 })
    expect(await files.open(stray)).toEqual(Buffer.from([1, 2, 3]))
    expect(await sweep(Date.now() + 60_000)).toEqual({ deleted: 1 })
    expect(await files.open(stray)).toBeNull()
    expect((await read(mesh)).status).toBe(200)
  })

  it('is gone for good once the person’s key is destroyed', async () => {
    await test.service.app
      .get(Vault, { strict: false })
      .destroy({ subject, classes: ['trial-record'], event: randomUUID(), position: 0 })
    expect((await test.db.servicePool.query('select from vault.sealed_file')).rows).toEqual([])
    expect((await read(mesh)).status).toBe(404)
  })
})
