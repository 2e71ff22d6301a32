import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'

const folder = join(projectRoot(), 'compliance', 'threats')
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))

interface Threat {
  stride: string[]
  threat: string
  mitigation: string
  tests: string[]
}

/** The rows of a page's table, without its head. */
function threatsOn(page: string): Threat[] {
  const rows = readFileSync(join(folder, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) => {
    const [stride = '', threat = '', mitigation = '', named = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const tests = [...named.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => path!)
    return { stride: stride.split(' '), threat, mitigation, tests }
  })
}

// proves TL-OPS-009
describe.each(pages)('the threats on %s', (page) => {
  const threats = threatsOn(page)

  it('are of STRIDE, each with what stands against it or said to be open', () => {
    expect(threats.length).toBeGreaterThan(2)
    const wrong = threats.filter(
      ({ stride, threat, mitigation }) =>
        !stride.every((letter) => /^[STRIDE]$/.test(letter)) || threat === '' || mitigation === '',
    )
    expect(wrong).toEqual([])
  })

  it('have mitigations that name their tests', () => {
    const claimed = threats.filter(({ mitigation }) => !mitigation.startsWith('**open**'))
    expect(claimed.filter(({ tests }) => tests.length === 0).map(({ threat }) => threat)).toEqual([])
    const missing = claimed.flatMap(({ tests }) => tests).filter((path) => !existsSync(join(projectRoot(), path)))
    expect(missing).toEqual([])
  })
})

describe('the threat model', () => {
  const overview = readFileSync(join(projectRoot(), 'compliance', 'threat-model.md'), 'utf8')

  it('leads to every page', () => {
    expect(pages.filter((page) => !overview.includes(`](threats/${page})`))).toEqual([])
  })

  it('asks all six questions of STRIDE of the service as a whole', () => {
    const asked = new Set(pages.flatMap(threatsOn).flatMap(({ stride }) => stride))
    expect([...asked].sort()).toEqual(['D', 'E', 'I', 'R', 'S', 'T'])
  })
})
