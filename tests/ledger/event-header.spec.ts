import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson } from '../../src/ledger/canonical-json.js'
import type { ProposedEvent } from '../../src/ledger/event.js'
import { headerTemplate, isCanonicalLeaf, leafText, parseLeaf } from '../../src/ledger/event-header.js'
import { anEvent, aStream } from '../support/event-fixtures.js'

const code = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,100}(:[A-Za-z0-9_-]{1,20})?$/)
const uuid = fc.uuid({ version: 4 })
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const header: fc.Arbitrary<ProposedEvent['header']> = fc.record({
  id: uuid,
  type: fc.tuple(name, name).map((parts) => parts.join('.')),
  schema: fc.integer({ min: 1, max: 1_000 }),
  actor: fc.record({ id: code, role: code, org: optional(code) }),
  purpose: optional(code),
  reason: optional(code),
  subject: optional(uuid),
  trial: optional(uuid),
  correlation: uuid,
  causation: optional(uuid),
  payload: fc.record({
    alg: fc.constant('sha-256' as const),
    digest: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    size: fc.nat(16_000_000),
    enc: optional(fc.constant('A256GCM' as const)),
    kid: optional(uuid),
  }),
})
const stream = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30}){0,2}$/), uuid)
  .map((parts) => parts.join('-'))
const recordedAt = fc
  .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

describe('the leaf of an event', () => {
  it('is the canonical JSON of its header', () => {
    fc.assert(
      fc.property(stream, header, fc.nat(1_000_000), recordedAt, (stream, proposed, revision, time) => {
        const template = headerTemplate(stream, { header: proposed, payload: Buffer.alloc(0) })
        const leaf = leafText(template, revision, time)
        expect(leaf).toBe(canonicalJson({ ...proposed, stream, revision, recordedAt: time }))
        expect(isCanonicalLeaf(Buffer.from(leaf))).toBe(true)
        expect(canonicalJson(parseLeaf(Buffer.from(leaf)))).toBe(leaf)
      }),
    )
  })

  it.each([
    ['white space', (leaf: string) => leaf.replace(':', ': ')],
    ['another order of keys', (leaf: string) => leaf.replace(/^\{("actor":\{[^}]*\}),(.*)\}$/, '{$2,$1}')],
    ['a needless escape', (leaf: string) => leaf.replace('"type":"t', '"type":"\\u0074')],
    ['a truncated end', (leaf: string) => leaf.slice(0, -1)],
  ])('is not canonical with %s', (_what, change) => {
    const leaf = leafText(headerTemplate(aStream(), anEvent()), 0, '2026-03-14T12:00:00.000Z')
    expect(change(leaf)).not.toBe(leaf)
    expect(isCanonicalLeaf(Buffer.from(change(leaf)))).toBe(false)
  })
})

describe('the whitelist of header fields', () => {
  it.each<[string, object]>([
    ['id', { id: 'ABCDEF00-0000-4000-8000-000000000000' }],
    ['type', { type: 'Twin.Registered' }],
    ['schema', { schema: 0 }],
    ['schema', { schema: 1.5 }],
    ['actor.id', { actor: { id: 'Dr. Mary Jones', role: 'steward' } }],
    ['actor.role', { actor: { id: 'a', role: '' } }],
    ['actor.org', { actor: { id: 'a', role: 'steward', org: 'North Hospital' } }],
    ['purpose', { purpose: 'because she asked' }],
    ['reason', { reason: 'call +44 20 7946 0018' }],
    ['reason', { reason: 'x'.repeat(129) }],
    ['reason', { reason: 'https://intranet/complaints/17' }],
    ['reason', { reason: 'mary-shelley.pdf' }],
    ['actor.org', { actor: { id: 'a', role: 'steward', org: 'https://id.example/north' } }],
    ['actor.org', { actor: { id: 'a', role: 'steward', org: '192.168.7.42' } }],
    ['actor.org', { actor: { id: 'a', role: 'steward', org: '2001:db8::7' } }],
    ['actor.org', { actor: { id: 'a', role: 'steward', org: '2001:db8:0:0:0:0:0:7' } }],
    ['subject', { subject: 'patient-7' }],
    ['trial', { trial: 'TRIAL 1' }],
    ['correlation', { correlation: '' }],
    ['causation', { causation: 'http' }],
    ['payload.digest', { payload: { alg: 'sha-256', digest: 'short', size: 1 } }],
    ['payload.kid', { payload: { alg: 'sha-256', digest: 'x'.repeat(43), size: 1, kid: 'key-1' } }],
  ])('refuses what does not belong in %s, and does not repeat it', (field, change) => {
    const event = anEvent(change)
    const refusal = (() => {
      try {
        headerTemplate(aStream(), event)
      } catch (error) {
        return error as Error & { code: string; details: object }
      }
      return null
    })()
    expect(refusal).toMatchObject({ code: 'event-invalid', details: { field } })
    for (const value of Object.values(change).filter((value) => typeof value === 'string' && value.length > 3))
      expect(refusal!.message).not.toContain(value)
  })

  it('carries no field that is not on it', () => {
    const event = anEvent()
    const smuggled = { ...event, header: { ...event.header, patientName: 'Mary' } }
    expect(leafText(headerTemplate(aStream(), smuggled), 0, '2026-03-14T12:00:00.000Z')).not.toContain('Mary')
  })
})
