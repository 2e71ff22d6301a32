import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'
import { matrixOf } from './support/matrix.js'
import { findProofs, proofsIn } from './support/proofs.js'
import { readRequirements, type Requirement } from './support/requirements.js'

const requirements = readRequirements()
const proofs = findProofs()
const built = requirements.filter(({ status }) => status === 'built')

describe('the requirements', () => {
  it('are each known by one id, and state one sentence under at least one clause', () => {
    const ids = requirements.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(ids.filter((id) => !/^TL-[A-Z]+-\d{3}$/.test(id))).toEqual([])
    const unstated = requirements.filter(
      ({ statement, clauses }) => !/^[A-Z].*\.$/.test(statement) || clauses.length === 0,
    )
    expect(unstated.map(({ id }) => id)).toEqual([])
  })

  it('are built or planned, and what is planned claims no control', () => {
    const claims = ({ status, controls }: Requirement) => (status === 'built') === controls.length > 0
    expect(requirements.filter(({ status }) => status !== 'built' && status !== 'planned')).toEqual([])
    expect(requirements.filter((requirement) => !claims(requirement)).map(({ id }) => id)).toEqual([])
  })

  it('name controls that exist', () => {
    const missing = requirements.flatMap(({ id, controls }) =>
      controls.filter((path) => !existsSync(join(projectRoot(), path))).map((path) => `${id}: ${path}`),
    )
    expect(missing).toEqual([])
  })
})

// proves TL-OPS-005
describe('their proof', () => {
  it.each(built.map(({ id, statement }) => [id, statement]))('%s has a test: %s', (id) => {
    expect(proofs.map(({ requirement }) => requirement)).toContain(id)
  })

  it('is claimed for requirements that are built, and for no other', () => {
    const known = new Set(built.map(({ id }) => id))
    const unknown = proofs.filter(({ requirement }) => !known.has(requirement))
    expect(unknown.map(({ requirement, file, line }) => `${requirement} at ${file}:${line}`)).toEqual([])
  })

  it('is a test or a suite: no tag stands alone', () => {
    const alone = proofs.filter(({ title }) => title === '')
    expect(alone.map(({ requirement, file, line }) => `${requirement} at ${file}:${line}`)).toEqual([])
  })
})

describe('a tag', () => {
  const tagged = [
    "describe('the log', () => {",
    '  // proves TL-AAA-001, TL-AAA-002',
    "  it.each([1])('holds at %i', () => undefined)",
    '  // proves TL-AAA-003',
    '  const helper = 1',
    '})',
  ].join('\n')

  it('belongs to the test below it, and to nothing else', () => {
    expect(proofsIn('tests/a.spec.ts', tagged)).toEqual([
      { requirement: 'TL-AAA-001', file: 'tests/a.spec.ts', line: 2, title: 'the log › holds at %i' },
      { requirement: 'TL-AAA-002', file: 'tests/a.spec.ts', line: 2, title: 'the log › holds at %i' },
      { requirement: 'TL-AAA-003', file: 'tests/a.spec.ts', line: 4, title: '' },
    ])
  })

  it('leads from the requirement to the test in the matrix', () => {
    const requirement: Requirement = {
      id: 'TL-AAA-001',
      statement: 'It holds.',
      clauses: ['21 CFR 11.10(a)'],
      controls: ['src/ledger'],
      status: 'built',
    }
    const matrix = matrixOf([requirement], proofsIn('tests/a.spec.ts', tagged), '1.2.3')
    expect(matrix).toContain(
      '| TL-AAA-001 | It holds. | 21 CFR 11.10(a) | `src/ledger` | `tests/a.spec.ts`: the log › holds at %i |',
    )
  })
})
