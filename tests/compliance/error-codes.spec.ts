import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'
import { collectErrorCodes, type FoundCode } from './support/error-codes.js'

/** The status column of a code that does not decide it, or of a note that refuses nothing. */
const WITHOUT_STATUS = ['–', '4xx']

/** Where the command line repeats the code that the service answered with. */
const REPEATED = ['src/cli/problem-of-answer.ts']

interface DocumentedCode {
  code: string
  status: string
  meaning: string
  action: string
}

function documentedCodes(): DocumentedCode[] {
  const text = readFileSync(join(projectRoot(), 'docs', 'errors.md'), 'utf8')
  return [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, code, status, meaning, action]) => ({ code: code!, status: status!, meaning: meaning!, action: action! }),
  )
}

const key = (code: string, status: number | string | undefined): string => `${code} (${status ?? '–'})`

describe('docs/errors.md', () => {
  const { problems, issues, undetermined } = collectErrorCodes()
  const raised: FoundCode[] = [...problems, ...issues]
  const documented = documentedCodes()

  it('is compared with every place that raises an error', () => {
    expect(undetermined.filter((place) => !REPEATED.some((file) => place.startsWith(file)))).toEqual([])
    expect(raised.length).toBeGreaterThan(150)
  })

  it('lists every code that the source raises, with its status', () => {
    const listed = new Set(documented.map(({ code, status }) => key(code, status)))
    const missing = raised.filter(({ code, status }) => !listed.has(key(code, status)) && !listed.has(key(code, '4xx')))
    expect(missing.map(({ code, status, place }) => `${key(code, status)} at ${place}`)).toEqual([])
  })

  it('lists no code that the source does not raise', () => {
    const known = new Set(raised.flatMap(({ code, status }) => [key(code, status), code]))
    const stale = documented.filter(
      ({ code, status }) => !known.has(WITHOUT_STATUS.includes(status) ? code : key(code, status)),
    )
    expect(stale.map(({ code, status }) => key(code, status))).toEqual([])
  })

  it('lists each code once, in kebab-case, with a meaning and something to do', () => {
    const codes = documented.map(({ code }) => code)
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
    expect(codes.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toEqual([])
    expect(documented.filter(({ meaning, action }) => !meaning.endsWith('.') || !action.endsWith('.'))).toEqual([])
  })
})
