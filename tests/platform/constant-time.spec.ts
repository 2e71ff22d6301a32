import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { equalInConstantTime } from '../../src/platform/constant-time.js'
import { projectRoot } from '../../src/platform/project-root.js'

describe('two secrets', () => {
  it.each([
    ['the same text', 'k7qx-9m2t', 'k7qx-9m2t', true],
    ['the same bytes', Buffer.from([1, 2]), Buffer.from([1, 2]), true],
    ['another text', 'k7qx-9m2t', 'k7qx-9m2u', false],
    ['the beginning of the other', 'k7qx', 'k7qx-9m2t', false],
    ['nothing', '', 'k7qx-9m2t', false],
  ])('that are %s are told so, whatever their lengths', (_, one, other, same) => {
    expect(equalInConstantTime(one, other)).toBe(same)
  })
})

describe('the source', () => {
  /** An operator of equality right beside the name of a secret. */
  const COMPARED =
    /\b\w*(?:password|secret|mac)\b\s*[!=]==(?!\s*(?:undefined|null|''))|[!=]==\s*\w*(?:password|secret)\b/i

  it('compares no password, secret or code of authentication with an operator', () => {
    const source = join(projectRoot(), 'src')
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(300)
    const lines = files.flatMap((name) =>
      readFileSync(join(source, name), 'utf8')
        .split('\n')
        .filter((line) => COMPARED.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    )
    expect(lines).toEqual([])
    expect(['password === entered', 'if (entered !== secret)'].every((line) => COMPARED.test(line))).toBe(true)
  })
})
