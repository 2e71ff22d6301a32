import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { auditScope, requireShownFields } from '../../src/audit/audit-filter.js'
import { GetAuditEntry } from '../../src/audit/queries/get-audit-entry.js'
import { ListAuditEntries } from '../../src/audit/queries/list-audit-entries.js'
import type { Caller } from '../../src/identity/caller.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import type { SignatureMade } from '../../src/signatures/events.js'
import type { SimulationRequested } from '../../src/simulations/events.js'
import type { TrialEvent } from '../../src/trials/events.js'
import type { TwinEvent } from '../../src/twins/events.js'
import { callerAs } from '../identity/support/callers.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { observation } from '../twins/support.js'
import { contextOf, openAuditRoom, type AuditRoom } from './support/audit-room.js'
import { runAsked, signed } from './support/record-places.js'

const [SUBJECT, TRIAL, OTHER_TRIAL, TWIN, OTHER_TWIN] = Array.from({ length: 5 }, () => randomUUID())
const CODE = 'K7QX-9M2T'
const cholesterol = (value: number) => observation('2093-3', value, 'mg/dL')
const author = { id: randomUUID(), role: 'investigator', org: 'clinic' }

const caller = (role: Caller['role'], changes: Partial<Caller> = {}) => callerAs(role, { trials: [TRIAL!], ...changes })
const regulator = caller('regulator')

let db: TestDatabase
let room: AuditRoom

beforeAll(async () => {
  db = await createTestDatabase()
  room = await openAuditRoom(db)
  room.codes.set(`${TRIAL}/${SUBJECT}`, CODE)
  await happened({ type: 'twin.registered', data: { controller: 'clinic', owner: 'site-1', source: 'clinic-ehr' } })
})
afterAll(async () => {
  await room.close()
  await db.drop()
})

/** Records an event about the person and returns its position. */
async function happened(
  event: TwinEvent | TrialEvent | SimulationRequested | SignatureMade,
  { trial, twin = TWIN!, actor = author, ...codes }: Partial<CommandContext> & { trial?: string; twin?: string } = {},
) {
  const stream = event.type.startsWith('trial.') ? `trial-${trial}` : `twin-${twin}`
  const { events } = await room.journal.append(contextOf(actor, codes), [
    { stream, expectedRevision: 'any', entries: [{ event, subject: SUBJECT, trial }] },
  ])
  await room.caughtUp()
  return events[0]!
}

const read = (reader: Caller, position: number, asOfPosition?: number) =>
  room.get.execute(new GetAuditEntry(contextOf(reader), reader, position, asOfPosition))

const lastAccess = async () => {
  const [event] = await room.store.readStream(`access-${SUBJECT}`, { direction: 'backwards', limit: 1 })
  return event && { header: event.header, data: JSON.parse(event.payload!.toString()) as object }
}

describe('old and new value', () => {
  // proves TL-AUD-005
  it('of a correction are those of the fact it names and of its replacement, with the reason', async () => {
    const recorded = await happened({ type: 'twin.observation-recorded', data: cholesterol(122) })
    const corrected = await happened(
      {
        type: 'twin.fact-corrected',
        data: { target: recorded.id, replacement: cholesterol(212), explanation: 'Digits were swapped.' },
      },
      { reason: 'entry-error' },
    )
    const again = await happened(
      {
        type: 'twin.fact-corrected',
        data: { target: corrected.id, replacement: cholesterol(221), explanation: 'Swapped again.' },
      },
      { reason: 'entry-error' },
    )
    expect(await read(regulator, corrected.position)).toMatchObject({
      actor: author,
      reason: 'entry-error',
      explanation: 'Digits were swapped.',
      source: { system: 'clinic-ehr' },
      change: {
        rule: 'corrected-fact',
        old: { quantity: { value: 122 } },
        oldPosition: recorded.position,
        new: { quantity: { value: 212 } },
      },
      proof: `/log/proof/${corrected.position}`,
    })
    expect((await read(regulator, again.position)).change).toMatchObject({
      old: { quantity: { value: 212 } },
      new: { quantity: { value: 221 } },
    })
  })

  it('of a new measurement are those of the latest one under the same code, corrections included', async () => {
    await happened({ type: 'twin.observation-recorded', data: observation('8480-6', 128, 'mm[Hg]') })
    const { position } = await happened({ type: 'twin.observation-recorded', data: cholesterol(190) })
    expect((await read(regulator, position)).change).toMatchObject({
      rule: 'previous-of-same-code',
      old: { quantity: { value: 221 } },
      new: { quantity: { value: 190 } },
    })
  })

  it('of the first of its kind have no old value', async () => {
    const { position } = await happened({ type: 'twin.observation-recorded', data: observation('8302-2', 171, 'cm') })
    expect((await read(regulator, position)).change).toMatchObject({ old: null, oldPosition: null })
  })

  it('of custody are what the stream said before', async () => {
    const custody = { controller: 'clinic', owner: 'site-2' }
    const { position } = await happened({ type: 'twin.custody-changed', data: custody }, { twin: OTHER_TWIN! })
    const later = await happened(
      { type: 'twin.custody-changed', data: { ...custody, owner: 'site-3' } },
      { twin: OTHER_TWIN! },
    )
    expect((await read(regulator, later.position)).change).toMatchObject({
      rule: 'previous-in-stream',
      old: custody,
      oldPosition: position,
      new: { owner: 'site-3' },
    })
  })
})

describe('when it happened', () => {
  it('is told apart from when it was recorded, and a long lag is marked', async () => {
    const fact = { ...cholesterol(180), effective: { at: '2020-05-01T08:00:00Z' } }
    const { position } = await happened({ type: 'twin.observation-recorded', data: fact })
    const entry = await read(regulator, position)
    expect(entry.occurrence).toMatchObject({ at: '2020-05-01T08:00:00Z', late: true })
    const lag = (Date.parse(entry.recordedAt) - Date.parse('2020-05-01T08:00:00Z')) / 1000
    expect(entry.occurrence!.lagSeconds).toBe(Math.round(lag))
  })
})

describe('values', () => {
  // proves TL-AUD-005
  it('are shown only after their opening was recorded: one event a request', async () => {
    const { position } = await happened({ type: 'twin.observation-recorded', data: cholesterol(175) })
    const reader = caller('regulator', { id: randomUUID() })
    expect((await read(reader, position)).payload).toMatchObject({ state: 'opened', data: cholesterol(175) })
    const access = await lastAccess()
    expect(access!.header).toMatchObject({ type: 'access.values-opened', subject: SUBJECT, actor: { id: reader.id } })
    expect(access!.data).toEqual({ twin: TWIN, what: ['twin.observation-recorded'], count: 2 })
    const { revision } = access!.header
    await read(reader, position)
    expect((await lastAccess())!.header.revision).toBe(revision + 1)
  })

  it('stay closed for coded readers, who see codes that were never sealed', async () => {
    const before = (await lastAccess())?.header.revision
    const sealed = await happened({ type: 'twin.observation-recorded', data: cholesterol(170) })
    const entry = await read(caller('compliance'), sealed.position)
    expect(entry).toMatchObject({
      sentence: 'An observation was recorded.',
      subject: SUBJECT,
      payload: { state: 'sealed', data: null },
      change: { old: null, new: null },
      occurrence: null,
      explanation: null,
    })
    const clear = await happened({ type: 'twin.merged-into', data: { survivor: OTHER_TWIN! } })
    expect((await read(caller('compliance'), clear.position)).payload.data).toEqual({ survivor: OTHER_TWIN })
    expect((await lastAccess())?.header.revision).toBe(before)
  })

  it('are not even codes for the administrator', async () => {
    const { position } = await happened({ type: 'twin.merged-into', data: { survivor: OTHER_TWIN! } })
    expect(await read(caller('administrator'), position)).toMatchObject({
      type: 'twin.merged-into',
      sentence: 'The twin was merged into another.',
      payload: { state: 'withheld', data: null },
      change: null,
    })
  })

  // proves TL-IDN-004
  it('do not tell the administrator, who carries out erasures, whom they are about', async () => {
    const { position } = await happened({ type: 'twin.merged-into', data: { survivor: OTHER_TWIN! } })
    expect(await read(caller('administrator'), position)).toMatchObject({ subject: null, stream: null, revision: null })
    const scope = auditScope(await room.policy.scopeOf(caller('administrator'), 'audit.read'))
    for (const field of ['subject', 'stream'])
      expect(() => requireShownFields(scope, [field])).toThrow(
        expect.objectContaining({ code: 'audit-field-withheld' }),
      )
  })

  // proves TL-IDN-004
  it('do not tell the administrator which participant acted, nor find them by their id', async () => {
    const actor = { id: randomUUID(), role: 'participant' }
    const { position } = await happened({ type: 'twin.observation-recorded', data: cholesterol(155) }, { actor })
    expect((await read(caller('administrator'), position)).actor).toEqual({ id: 'withheld', role: 'participant' })
    const foundBy = async (reader: Caller, id: string) => {
      const scope = auditScope(await room.policy.scopeOf(reader, 'audit.read'))
      return room.entries.count({ actor: id }, scope)
    }
    expect(await foundBy(regulator, actor.id)).toBe(1)
    expect(await foundBy(caller('administrator'), actor.id)).toBe(0)
    expect(await foundBy(caller('administrator'), author.id)).toBeGreaterThan(0)
    const scope = auditScope(await room.policy.scopeOf(caller('administrator'), 'audit.read'))
    expect(() => requireShownFields(scope, ['actor'], 'role')).not.toThrow()
    expect(() => requireShownFields(scope, [], 'actor')).toThrow(
      expect.objectContaining({ code: 'audit-field-withheld' }),
    )
  })
})

describe('who may read an entry', () => {
  // proves TL-AUD-005
  it('follows the policy: own record, own site, own trial, own acts', async () => {
    const { position } = await happened({ type: 'twin.observation-recorded', data: cholesterol(165) }, {})
    await expect(read(caller('participant', { subject: SUBJECT }), position)).resolves.toMatchObject({
      payload: { state: 'opened' },
    })
    await expect(read(caller('investigator', { site: 'site-1' }), position)).resolves.toMatchObject({
      payload: { state: 'opened' },
    })
    await expect(read(caller('participant', { subject: randomUUID() }), position)).rejects.toMatchObject({
      code: 'not-own-record',
    })
    await expect(read(caller('investigator', { site: 'site-9' }), position)).rejects.toMatchObject({
      code: 'other-site',
    })
    await expect(read(caller('sponsor'), position)).rejects.toMatchObject({ code: 'other-trial' })
    await expect(read(caller('modeller'), position)).rejects.toMatchObject({ code: 'not-own-act' })
  })

  it('has the same effect on lists', async () => {
    const seen = async (reader: Caller) => {
      const scope = auditScope(await room.policy.scopeOf(reader, 'audit.read'))
      const order = { by: 'position', direction: 'asc' } as const
      return (
        await room.list.execute(new ListAuditEntries(contextOf(reader), { filter: {}, scope, order, limit: 500 }))
      ).entries
    }
    const all = await seen(regulator)
    expect(all.length).toBe((await room.store.head()).size)
    const own = await seen(caller('participant', { subject: SUBJECT }))
    expect(own).toEqual(all.filter(({ subject }) => subject === SUBJECT))
    expect(await seen(caller('participant', { subject: 'not-an-id' }))).toEqual([])
    expect(await seen(caller('investigator', { site: 'site-1' }))).toEqual(own)
    expect(await seen(caller('investigator', { site: 'site-9' }))).toEqual([])
    expect((await seen(caller('modeller', { id: author.id }))).every(({ actor }) => actor.id === author.id)).toBe(true)
  })

  it('as of an earlier position does not find what came later', async () => {
    const { position } = await happened({ type: 'twin.observation-recorded', data: cholesterol(160) })
    await expect(read(regulator, position, position)).rejects.toMatchObject({ code: 'position-not-found' })
    await expect(read(regulator, position, position + 1)).resolves.toBeDefined()
    await expect(read(regulator, position, 1_000_000)).rejects.toMatchObject({ code: 'position-in-future' })
    await expect(read(regulator, 1_000_000)).rejects.toMatchObject({ code: 'position-not-found' })
  })
})

describe('a sponsor', () => {
  const sponsor = caller('sponsor', { trials: [TRIAL!, OTHER_TRIAL!] })
  const inBoth = async () => [
    await happened({ type: 'trial.subject-enrolled', data: { code: CODE, site: 'site-1' } }, { trial: TRIAL! }),
    await happened(
      { type: 'trial.subject-enrolled', data: { code: '0000-0001', site: 'site-1' } },
      { trial: OTHER_TRIAL! },
    ),
    await happened({ type: 'twin.merged-into', data: { survivor: OTHER_TWIN! } }, { trial: TRIAL! }),
    await happened({ type: 'twin.observation-recorded', data: cholesterol(150) }, { trial: OTHER_TRIAL! }),
  ]

  it('cannot tell that participants of two trials are one person', async () => {
    const positions = (await inBoth()).map(({ position }) => position)
    const scope = auditScope(await room.policy.scopeOf(sponsor, 'audit.read'))
    const order = { by: 'position', direction: 'desc' } as const
    const list = await room.list.execute(
      new ListAuditEntries(contextOf(sponsor), { filter: {}, scope, order, limit: 50 }),
    )
    const details = await Promise.all(positions.map((position) => read(sponsor, position)))
    const keys = (await room.rows.find()).flatMap(({ keyId }) => keyId ?? [])
    for (const secret of [SUBJECT!, TWIN!, OTHER_TWIN!, ...keys]) {
      expect(JSON.stringify([list, details])).not.toContain(secret)
    }
    expect(details[0]).toMatchObject({ enrolmentCode: CODE, subject: null, stream: null, trial: TRIAL })
    expect(details[2]!.payload.data).toEqual({ survivor: 'withheld' })
  })

  // proves TL-IDN-017
  it('is told no place of a record, in words or in values', async () => {
    const asked = await happened(runAsked(TWIN!), { trial: TRIAL! })
    const made = await happened(signed(`twin-${TWIN}`, randomUUID()), { trial: TRIAL! })
    const [run, signature] = [await read(sponsor, asked.position), await read(sponsor, made.position)]
    expect(run.payload.data).toMatchObject({ twin: 'withheld', twinRevision: 'withheld' })
    const places = ['revision', 'position', 'leafHash', 'payloadDigest'] as const
    const { record, jws } = signature.payload.data as { record: Record<string, unknown>; jws: string }
    expect([jws, ...places.map((place) => record[place])]).toEqual(Array(5).fill('withheld'))
    for (const { sentence } of [run, signature]) expect(sentence).toContain('revision withheld of')
    expect((await read(caller('compliance'), asked.position)).sentence).toContain('on revision 41 of a twin')
  })

  it('finds a participant by the code of the trial, and by nothing that is withheld', async () => {
    await inBoth()
    const full = auditScope(await room.policy.scopeOf(sponsor, 'audit.read'))
    const order = { by: 'position', direction: 'asc' } as const
    const search = async (asked: Parameters<typeof room.filters.from>[0]) => {
      const { filter, narrowed } = await room.filters.from(asked, full)
      return room.list.execute(new ListAuditEntries(contextOf(sponsor), { filter, scope: narrowed, order, limit: 50 }))
    }
    const { entries } = await search({ trial: TRIAL, enrolmentCode: CODE })
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.every(({ enrolmentCode }) => enrolmentCode === CODE)).toBe(true)
    expect((await search({ trial: TRIAL, enrolmentCode: 'ZZZZ-ZZZZ' })).entries).toEqual([])
    await expect(search({ enrolmentCode: CODE })).rejects.toMatchObject({ code: 'trial-missing' })
    for (const asked of [{ subject: SUBJECT }, { stream: `twin-${TWIN}` }]) {
      await expect(search(asked)).rejects.toMatchObject({ status: 403, code: 'audit-field-withheld' })
    }
    const bySubject = { filter: {}, scope: full, order: { by: 'subject', direction: 'asc' }, limit: 5 } as const
    await expect(room.list.execute(new ListAuditEntries(contextOf(sponsor), bySubject))).rejects.toMatchObject({
      code: 'audit-field-withheld',
    })
  })
})
