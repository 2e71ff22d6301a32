import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { LEGAL_CONFIDENCES, LEGAL_KINDS, LEGAL_STATUSES } from '../../src/frameworks/register/vocabulary.js'
import { projectRoot } from '../../src/platform/project-root.js'

const FIELDS = [
  'id',
  'jurisdiction',
  'instrument',
  'citation',
  'kind',
  'status',
  'published',
  'inForce',
  'appliesFrom',
  'appliesUntil',
  'supersedes',
  'clauses',
  'touches',
  'controls',
  'owner',
  'approvedBy',
  'sourceUrl',
  'lastChecked',
  'confidence',
  'note',
]
/** A year, a month or a day. */
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/

type Entry = Record<string, unknown> & { id: string }

const file = readFileSync(join(projectRoot(), 'compliance', 'legal-register.json'), 'utf8')
const { entries } = JSON.parse(file) as { entries: Entry[] }

const idsWhere = (wrong: (entry: Entry) => boolean): string[] => entries.filter(wrong).map(({ id }) => id)
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const isTextOrNull = (value: unknown): boolean => value === null || isText(value)
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isDateOrNull = (value: unknown): boolean => value === null || DATE.test(String(value))

describe('the legal register', () => {
  it('has exactly the fields agreed on, in every entry', () => {
    expect(entries.length).toBeGreaterThan(30)
    expect(idsWhere((entry) => Object.keys(entry).join() !== FIELDS.join())).toEqual([])
  })

  it('knows each entry by one id', () => {
    const ids = entries.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z]+(-[a-z0-9]+)+$/.test(id))).toEqual([])
  })

  it('says of each what it is, where it holds and what it touches', () => {
    expect(
      idsWhere(({ jurisdiction, instrument, status }) => ![jurisdiction, instrument, status].every(isText)),
    ).toEqual([])
    expect(idsWhere(({ kind }) => !(LEGAL_KINDS as readonly unknown[]).includes(kind))).toEqual([])
    expect(idsWhere(({ status }) => !(LEGAL_STATUSES as readonly unknown[]).includes(status))).toEqual([])
    expect(idsWhere(({ touches }) => !isTexts(touches) || (touches as string[]).length === 0)).toEqual([])
    expect(idsWhere(({ clauses, controls, appliesFrom }) => ![clauses, controls, appliesFrom].every(isTexts))).toEqual(
      [],
    )
  })

  it('dates with a year, a month or a day, or not at all', () => {
    const dates = ({ published, inForce, appliesUntil, lastChecked }: Entry) => [
      published,
      inForce,
      appliesUntil,
      lastChecked,
    ]
    expect(idsWhere((entry) => !dates(entry).every(isDateOrNull))).toEqual([])
  })

  it('grades how sure each fact is, and approves nothing that nobody checked against its source', () => {
    expect(idsWhere(({ confidence }) => !(LEGAL_CONFIDENCES as readonly unknown[]).includes(confidence))).toEqual([])
    const unchecked = ({ approvedBy, sourceUrl, lastChecked }: Entry) =>
      approvedBy !== null && (sourceUrl === null || lastChecked === null)
    expect(idsWhere(unchecked)).toEqual([])
  })

  it('leaves open what is not known, and never with an empty text', () => {
    const optional = ({ citation, supersedes, owner, approvedBy, sourceUrl, note }: Entry) => [
      citation,
      supersedes,
      owner,
      approvedBy,
      sourceUrl,
      note,
    ]
    expect(idsWhere((entry) => !optional(entry).every(isTextOrNull))).toEqual([])
  })
})
