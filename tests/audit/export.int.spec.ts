import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose'
import type { AuditFilter, AuditScope } from '../../src/audit/audit-filter.js'
import { ExportSigner } from '../../src/audit/export/export-signer.js'
import type { ExportFormat } from '../../src/audit/export/formats.js'
import type { ExportManifest } from '../../src/audit/export/manifest.js'
import { openCheckpoint } from '../../src/ledger/log/checkpoint.js'
import { noteVerifier } from '../../src/ledger/log/note-key.js'
import type { TwinEvent } from '../../src/twins/events.js'
import { callerAs } from '../identity/support/callers.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { observation } from '../twins/support.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { testSigner } from '../support/test-store.js'
import { contextOf, openAuditRoom, type AuditRoom } from './support/audit-room.js'
import { LEAF_HASH, PAYLOAD_DIGEST, runAsked, signed } from './support/record-places.js'
import { unzipped } from './support/unzip.js'

const scope: AuditScope = { minimisation: 'full', veiled: false }
const regulator = callerAs('regulator')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

let db: TestDatabase
let room: AuditRoom

beforeAll(async () => {
  db = await createTestDatabase()
  room = await openAuditRoom(db)
  // More than two pages, so that the copy is put together from several.
  const events = Array.from({ length: 2_300 }, (_, index) =>
    anEvent({ type: index % 2 ? 'twin.withdrawn-from-use' : 'trial.closed', reason: 'duplicate' }),
  )
  await room.store.append([{ stream: aStream(), expectedRevision: 'any', events }])
  await room.caughtUp()
})
afterAll(async () => {
  await room.close()
  await db.drop()
})

async function exported(format: ExportFormat, filter: AuditFilter = {}, shown = scope) {
  const request = { format, filter, scope: shown }
  const { archive, fileName } = await room.exports.start(contextOf(regulator), regulator, request)
  const files = await unzipped(await buffer(archive))
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as ExportManifest
  await room.caughtUp()
  return { files, manifest, data: files.get(`audit.${format}`)!, fileName }
}

/** As an inspector does it: the public keys, a JOSE library, SHA-256. Throws when anything does not fit. */
async function verify(files: ReadonlyMap<string, Buffer>, keys: Awaited<ReturnType<ExportSigner['keySet']>>) {
  const jws = files.get('manifest.jws')!.toString()
  const { payload } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ['EdDSA'] })
  if (!Buffer.from(payload).equals(files.get('manifest.json')!)) throw new Error('another manifest was signed')
  const { data } = JSON.parse(Buffer.from(payload).toString()) as ExportManifest
  if (sha256(files.get(data.file)!) !== data.sha256) throw new Error('the data was changed')
}

describe('an export', () => {
  it('holds every entry that matches, in the order of the log, and says how many', async () => {
    const { manifest, data } = await exported('ndjson', { types: ['trial.closed'] })
    const entries = data
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: number })
    expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 1_150 }, (_, index) => 2 * index))
    expect(manifest).toMatchObject({
      by: { id: regulator.id, role: 'regulator', minimisation: 'full' },
      filter: { types: ['trial.closed'] },
      firstPosition: 0,
      lastPosition: 2_298,
      count: 1_150,
      data: { file: 'audit.ndjson', bytes: data.length },
    })
  })

  it('can be verified with a JOSE library and SHA-256 alone', async () => {
    const { files } = await exported('csv')
    const keys = await room.signer.keySet()
    await expect(verify(files, keys)).resolves.toBeUndefined()
    const { kid } = decodeProtectedHeader(files.get('manifest.jws')!.toString())
    expect(keys.keys.map((key) => key.kid)).toEqual([kid])
    expect(files.get('README.txt')!.toString()).toContain('manifest.jws')
  })

  // proves TL-AUD-002
  it('fails the check when one byte of the data or of the manifest is changed, or another key signed', async () => {
    const { files } = await exported('ndjson')
    const keys = await room.signer.keySet()
    for (const name of ['audit.ndjson', 'manifest.json', 'manifest.jws']) {
      const bytes = Buffer.from(files.get(name)!)
      bytes[bytes.length >> 1]! ^= 1
      await expect(verify(new Map([...files, [name, bytes]]), keys)).rejects.toThrow()
    }
    const other = await new ExportSigner(generateKeyPairSync('ed25519').privateKey).keySet()
    await expect(verify(files, other)).rejects.toThrow()
  })

  it('names a signed checkpoint of the log that covers all its entries', async () => {
    const { manifest } = await exported('csv')
    const { size } = openCheckpoint(manifest.log.checkpoint, [noteVerifier(testSigner.vkey)])
    expect(manifest.lastPosition).toBeLessThan(size)
    expect(manifest.belowPosition).toBeLessThanOrEqual(size)
  })

  it('as CSV has a header and a line for each entry', async () => {
    const { data, manifest } = await exported('csv', { asOfPosition: 10 })
    const lines = data.toString().trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^position,recordedAt,occurredAt,type,sentence,actorId/)
    expect(lines).toHaveLength(manifest.count + 1)
    expect(manifest.count).toBe(10)
  })

  // proves TL-AUD-006
  describe('as HTML', () => {
    const SUBJECT = randomUUID()
    const hostile = '<script>alert(1)</script>'
    let recorded: string
    beforeAll(async () => {
      const author = { id: randomUUID(), role: 'investigator', org: 'clinic' }
      const append = async (event: TwinEvent, reason?: string) => {
        const write = {
          stream: `twin-${SUBJECT}`,
          expectedRevision: 'any',
          entries: [{ event, subject: SUBJECT }],
        } as const
        const { events } = await room.journal.append(contextOf(author, { reason }), [write])
        return events[0]!.id
      }
      recorded = await append({ type: 'twin.observation-recorded', data: observation('2093-3', 122, 'mg/dL') })
      const replacement = observation('2093-3', 212, 'mg/dL')
      const correction = { target: recorded, replacement, explanation: `Digits were swapped ${hostile}.` }
      await append({ type: 'twin.fact-corrected', data: correction }, 'entry-error')
      await room.caughtUp()
    })

    it('tells who, old and new, when with its zone and why, of one person from end to end', async () => {
      const { data, manifest } = await exported('html', { subject: SUBJECT })
      const page = data.toString()
      const rows = page.split('<tbody>')[1]!.split('</tr>')
      expect(manifest).toMatchObject({ count: 2, data: { file: 'audit.html', mediaType: 'text/html; charset=utf-8' } })
      expect(rows[1]).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC[^]*investigator, clinic[^]*entry-error/)
      expect(rows[1]).toMatch(
        /<b>Old<\/b>[^]*quantity › value<\/span> 122[^]*<b>New<\/b>[^]*quantity › value<\/span> 212/,
      )
      expect(rows[1]).toContain('Digits were swapped &lt;script&gt;')
      const [event] = await room.store.readStream(`access-${SUBJECT}`, { direction: 'backwards', limit: 1 })
      expect(event!.header).toMatchObject({ type: 'access.values-opened', actor: { id: regulator.id } })
    })

    // proves TL-AUD-005
    it('records the reading trial by trial, so that each trail tells what was read of its own', async () => {
      const [subject, ...trials] = Array.from({ length: 3 }, () => randomUUID())
      const recorded: TwinEvent = { type: 'twin.observation-recorded', data: observation('2093-3', 131, 'mg/dL') }
      const entries = trials.map((trial) => ({ event: recorded, subject: subject!, trial }))
      await room.journal.append(contextOf({ id: randomUUID(), role: 'investigator' }), [
        { stream: `twin-${subject}`, expectedRevision: 'any', entries },
      ])
      await room.caughtUp()
      await exported('html', { subject })
      const opened = await room.store.readStream(`access-${subject}`, { from: 0, limit: 10 })
      const read = opened.filter(({ payload }) => payload!.toString().includes('twin.observation-recorded'))
      expect(read.map(({ header }) => header.trial).sort()).toEqual([...trials].sort())
    })

    it('says on every page of what it is a copy, and its list can be computed again', async () => {
      const { data, manifest } = await exported('html', { subject: SUBJECT })
      const page = data.toString()
      const running = /<thead>[^]*?<\/thead>/.exec(page)![0]
      const entries = [...page.matchAll(/<td>(\d+)<br \/><span class="name">([0-9a-f-]{36})<\/span>/g)]
      expect(entries.map(([, , id]) => id)).toContain(recorded)
      const list = sha256(Buffer.from(entries.map(([, position, id]) => `${position} ${id}\n`).join('')))
      const [origin, , root] = manifest.log.checkpoint.split('\n')
      for (const said of [list, `${entries.length} entries`, `subject ${SUBJECT}`, origin!])
        expect(running).toContain(said)
      expect(running.replaceAll(/&#43;/g, '+')).toContain(root)
    })

    it('runs nothing and loads nothing, and opens no sealed value for coded readers', async () => {
      const { data } = await exported('html', { subject: SUBJECT })
      const page = data.toString()
      expect(page).not.toMatch(/<(script|img|link|iframe|object)|\s(on\w+|src|href)=|url\(|@import/i)
      expect(page).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
      expect([page.split('<body>').length, page.split('</body>').length, page.split('<table').length]).toEqual([
        2, 2, 3,
      ])
      const coded = await exported('html', { subject: SUBJECT }, { minimisation: 'coded', veiled: false })
      expect(coded.data.toString()).not.toMatch(/value<\/span> (122|212)|Digits/)
      expect(coded.data.toString()).toContain('sealed')
    })
  })

  // proves TL-IDN-017
  it('as HTML shows a veiled reader no place of anybody’s record, and nothing that the record hashes to', async () => {
    const [subject, trial] = [randomUUID(), randomUUID()]
    const event = { subject, trial }
    await room.journal.append(contextOf({ id: randomUUID(), role: 'investigator' }), [
      { stream: `run-${randomUUID()}`, expectedRevision: 'any', entries: [{ event: runAsked(subject), ...event }] },
      {
        stream: `signature-${randomUUID()}`,
        expectedRevision: 'any',
        entries: [{ event: signed(`twin-${subject}`, randomUUID()), ...event }],
      },
    ])
    await room.caughtUp()
    const copy = async (veiled: boolean) =>
      (await exported('html', { trial }, { minimisation: 'coded', veiled })).data.toString()
    const told = (page: string) =>
      [/[rR]evision(<\/span>)? 41/, /position<\/span> 4242/, LEAF_HASH, PAYLOAD_DIGEST, subject].map(
        (place) => page.search(place) >= 0,
      )
    expect(told(await copy(false))).toEqual([true, true, true, true, true])
    expect(told(await copy(true))).toEqual([false, false, false, false, false])
  })

  it('of nothing is an empty copy, signed as well', async () => {
    const { files, manifest } = await exported('ndjson', { actor: 'nobody' })
    expect(manifest).toMatchObject({ count: 0, firstPosition: null, lastPosition: null, data: { bytes: 0 } })
    await expect(verify(files, await room.signer.keySet())).resolves.toBeUndefined()
  })

  it('is on record before it leaves and when it is complete, with its digest', async () => {
    const { manifest, data, fileName } = await exported('ndjson', { types: ['trial.closed'] })
    const events = await room.journal.read(`audit-export-${manifest.export}`)
    expect(fileName).toBe(`audit-${manifest.export}.zip`)
    expect(events).toMatchObject([
      { type: 'audit.export-started', data: { format: 'ndjson', filter: { types: ['trial.closed'] } } },
      {
        type: 'audit.exported',
        data: { count: 1_150, sha256: sha256(data) },
        position: manifest.log.exportedAtPosition,
      },
    ])
    expect(events[0]!.header.actor.id).toBe(regulator.id)
  })

  it('breaks off without a manifest when the reading fails', async () => {
    const failing = jest.spyOn(room.entries, 'read').mockRejectedValueOnce(new Error('the database is away'))
    const { archive } = await room.exports.start(contextOf(regulator), regulator, { format: 'csv', filter: {}, scope })
    await expect(buffer(archive)).rejects.toThrow('the database is away')
    failing.mockRestore()
  })

  it('stops reading when the receiver hangs up', async () => {
    const reading = jest.spyOn(room.entries, 'read')
    const { archive } = await room.exports.start(contextOf(regulator), regulator, {
      format: 'ndjson',
      filter: {},
      scope,
    })
    await archive[Symbol.asyncIterator]().next()
    archive.destroy()
    await new Promise((resolve) => archive.once('close', resolve))
    expect(reading.mock.calls.length).toBeLessThan(3)
    reading.mockRestore()
  })

  it('cannot be of the future', async () => {
    const filter = { asOfPosition: 1_000_000 }
    await expect(
      room.exports.start(contextOf(regulator), regulator, { format: 'csv', filter, scope }),
    ).rejects.toMatchObject({ code: 'position-in-future' })
  })
})

it('exports are signed with a private Ed25519 key or not at all', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  expect(() => new ExportSigner(publicKey)).toThrow(expect.objectContaining({ code: 'configuration-invalid' }))
})
