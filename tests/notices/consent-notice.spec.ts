import { describe, expect, it } from '@jest/globals'
import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import {
  decide,
  evolve,
  UNKNOWN_NOTICE,
  type ConsentNoticeCommand,
  type ConsentNoticeState,
} from '../../src/notices/consent-notice.js'
import type { ConsentNoticeEvent } from '../../src/notices/events.js'
import { textDigest } from '../../src/notices/notice-text.js'
import { DraftNoticeDto } from '../../src/notices/notices.dto.js'
import { outlineOf, publishedText, publishedVersions } from '../../src/notices/published-notice.js'
import { standingOf } from '../../src/notices/standing.js'
import type { TwinLedgerError } from '../../src/platform/errors.js'

const NOW = '2026-06-01T12:00:00.000Z'
const EARLIER = '2026-01-01T00:00:00.000Z'
const LATER = '2027-01-01T00:00:00.000Z'
const TEXT = 'We ask you.\n\nYou may say no.\n'

const draft = (version = '1', language = 'en', text = TEXT) =>
  ({ notice: 'research', version, language, title: 'Research', text, sha256: textDigest(text) }) as const
const named = (version = '1', language = 'en', text = TEXT) => ({ version, language, sha256: textDigest(text) })

type Happened = readonly [actor: string, event: ConsentNoticeEvent]
const drafted = (...of: Parameters<typeof draft>): Happened => [
  'author',
  { type: 'consent-notice.drafted', data: draft(...of) },
]
const approved = (...of: Parameters<typeof named>): Happened => [
  'approver',
  { type: 'consent-notice.approved', data: { ...named(...of), remark: 'Plain.' } },
]
const published = (version = '1', inForceFrom = NOW, language = 'en'): Happened => [
  'author',
  {
    type: 'consent-notice.published',
    data: { notice: 'research', version, inForceFrom, texts: [{ language, sha256: textDigest(TEXT) }] },
  },
]
const withdrawn = (version = '1'): Happened => [
  'author',
  { type: 'consent-notice.withdrawn', data: { notice: 'research', version, reason: 'text-faulty' } },
]
const given = (...events: readonly Happened[]): ConsentNoticeState =>
  events.reduce(
    (state, [id, event]) => evolve(state, event, { actor: { id, role: 'any' }, recordedAt: NOW }),
    UNKNOWN_NOTICE,
  )
const inForce = (version = '1', from = NOW): Happened[] => [
  drafted(version),
  approved(version),
  published(version, from),
]

const when = (state: ConsentNoticeState, command: ConsentNoticeCommand) => decide(NOW, state, command)
const refusal = (state: ConsentNoticeState, command: ConsentNoticeCommand): string => {
  try {
    when(state, command)
    return 'taken'
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}
const judge = (by: string, more: Partial<ConsentNoticeCommand> = {}) =>
  ({ type: 'judge', by, outcome: 'approved', remark: 'Plain.', ...named(), ...more }) as ConsentNoticeCommand

describe('a text of a notice', () => {
  it('is judged by somebody who did not write it, and as it was read', () => {
    const state = given(drafted())
    expect(when(state, judge('approver'))).toMatchObject([{ type: 'consent-notice.approved', data: named() }])
    expect(refusal(state, judge('author'))).toBe('notice-approver-is-author')
    expect(refusal(state, judge('approver', { sha256: textDigest('Another.') }))).toBe('consent-notice-text-changed')
    expect(refusal(state, judge('approver', { language: 'de' }))).toBe('consent-notice-text-not-found')
    expect(refusal(given(drafted(), approved()), judge('another'))).toBe('consent-notice-text-judged')
    expect(refusal(UNKNOWN_NOTICE, judge('approver'))).toBe('consent-notice-not-found')
  })

  it('that is written anew waits for a judgement again', () => {
    const state = given(drafted(), approved(), drafted('1', 'en', 'Other words.'))
    expect(refusal(state, { type: 'publish', version: '1' })).toBe('consent-notice-not-approved')
    expect(state.versions[0]!.texts).toMatchObject([{ status: 'drafted', judge: null, text: 'Other words.' }])
  })

  it('is never changed once it is published', () => {
    const state = given(...inForce())
    expect(refusal(state, { type: 'draft', ...draft('1', 'en', 'Other words.') })).toBe('consent-notice-published')
    expect(when(state, { type: 'draft', ...draft('2', 'en', 'Other words.') })).toHaveLength(1)
    expect(refusal(given(drafted()), { type: 'draft', ...draft() })).toBe('consent-notice-unchanged')
  })

  it.each([
    ['a carriage return', 'a\r\nb'],
    ['a tab', 'a\tb'],
    ['half a character', 'a\ud800'],
    ['a turn of direction', 'pay \u202e001'],
    ['nothing but space', ' \n '],
    ['more than anybody reads', 'a'.repeat(60_001)],
  ])('holds no %s', (_, text) => {
    const errors = (body: object) =>
      validateSync(plainToInstance(DraftNoticeDto, { ...draft(), sha256: undefined, ...body }))
    expect(errors({ text })).toHaveLength(1)
    expect(errors({ text: 'Grüezi.\n\n– Ja\n– Nein 👩‍⚕️\n' })).toEqual([])
  })
})

describe('a version', () => {
  it('is published with what is approved of it, from now on or from its date', () => {
    const state = given(drafted(), approved(), drafted('1', 'de'))
    const texts = [{ language: 'en', sha256: textDigest(TEXT) }]
    expect(when(state, { type: 'publish', version: '1' })).toMatchObject([{ data: { texts, inForceFrom: NOW } }])
    expect(when(state, { type: 'publish', version: '1', inForceFrom: LATER })).toMatchObject([
      { data: { texts, inForceFrom: LATER } },
    ])
  })

  it('gets further languages under the date that it has', () => {
    const state = given(...inForce('1', EARLIER), drafted('1', 'de'), approved('1', 'de'))
    expect(when(state, { type: 'publish', version: '1' })).toMatchObject([
      { data: { texts: [{ language: 'de' }], inForceFrom: EARLIER } },
    ])
    const moved = { type: 'publish', version: '1', inForceFrom: LATER } as const
    expect(refusal(state, moved)).toBe('consent-notice-date-fixed')
  })

  it('shares its date with no other', () => {
    const state = given(...inForce('1', EARLIER), drafted('2'), approved('2'))
    expect(refusal(state, { type: 'publish', version: '2', inForceFrom: EARLIER })).toBe('consent-notice-date-taken')
  })

  it('is in force from its date until the next, and for good no more once that one came', () => {
    const { versions } = given(...inForce('1', EARLIER), ...inForce('2', NOW))
    const at = (moment: string) => versions.map((version) => standingOf(versions, version, moment))
    expect(at('2025-12-31T23:59:59.999Z')).toEqual(['announced', 'announced'])
    expect(at('2026-06-01T11:59:59.999Z')).toEqual(['in-force', 'announced'])
    expect(at(NOW)).toEqual(['superseded', 'in-force'])
    const after = given(...inForce('1', EARLIER), ...inForce('2', NOW), withdrawn('2')).versions
    expect(after.map((version) => standingOf(after, version, LATER))).toEqual(['superseded', 'withdrawn'])
  })

  it('that is withdrawn takes nothing more', () => {
    const state = given(...inForce(), withdrawn())
    for (const command of [
      { type: 'draft', ...draft('1', 'de') },
      { type: 'publish', version: '1' },
      { type: 'withdraw', version: '1', reason: 'text-faulty' },
    ] as const)
      expect(refusal(state, command)).toBe('consent-notice-withdrawn')
    const unpublished = { type: 'withdraw', version: '1', reason: 'text-faulty' } as const
    expect(refusal(given(drafted()), unpublished)).toBe('consent-notice-not-approved')
  })
})

describe('what everybody may read', () => {
  const state = given(...inForce('1', EARLIER), drafted('1', 'de'), ...inForce('2', LATER), drafted('3'))

  it('are published texts, the newest version first', () => {
    expect(publishedVersions(state, NOW)).toMatchObject([
      { version: '2', standing: 'announced', texts: [{ language: 'en' }] },
      { version: '1', standing: 'in-force', texts: [{ language: 'en' }] },
    ])
    expect(publishedText(state, { version: '1', language: 'en' }, NOW)).toMatchObject({
      text: TEXT,
      sha256: textDigest(TEXT),
    })
    expect(publishedText(state, { version: '1', language: 'de' }, NOW)).toBeUndefined()
    expect(publishedText(state, { version: '3', language: 'en' }, NOW)).toBeUndefined()
  })

  it('are listed from an outline that holds no text', () => {
    const outline = outlineOf(state)
    expect(publishedVersions(outline, NOW)).toEqual(publishedVersions(state, NOW))
    expect(JSON.stringify(state)).toContain('We ask you.')
    expect(JSON.stringify(outline)).not.toContain('We ask you.')
  })

  it('and nobody who wrote or approved them', () => {
    const shown = JSON.stringify([
      publishedVersions(state, NOW),
      publishedText(state, { version: '1', language: 'en' }, NOW),
    ])
    expect(shown).not.toMatch(/author|approver|Plain/)
  })
})
