/** The traceability matrix, requirement → control → test, as Markdown. */
import type { Proof } from './proofs.js'
import type { Requirement } from './requirements.js'

/** @param version of the software that the matrix is about */
export function matrixOf(requirements: readonly Requirement[], proofs: readonly Proof[], version: string): string {
  const built = requirements.filter(({ status }) => status === 'built')
  const planned = requirements.filter(({ status }) => status === 'planned')
  return [
    `# Traceability of Twin Ledger ${version}`,
    '',
    `${built.length} requirements are built and proved by tests; ${planned.length} are planned, and nothing is claimed of them.`,
    '',
    '| Requirement | Statement | Clauses | Controls | Tests |',
    '|---|---|---|---|---|',
    ...built.map((requirement) => row(requirement, proofs)),
    '',
    '## Planned',
    '',
    '| Requirement | Statement | Clauses |',
    '|---|---|---|',
    ...planned.map(({ id, statement, clauses }) => cells(id, statement, clauses.join('; '))),
    '',
  ].join('\n')
}

function row({ id, statement, clauses, controls }: Requirement, proofs: readonly Proof[]): string {
  const tests = proofs.filter(({ requirement }) => requirement === id).map(({ file, title }) => `\`${file}\`: ${title}`)
  return cells(
    id,
    statement,
    clauses.join('; '),
    controls.map((file) => `\`${file}\``).join('<br>'),
    tests.join('<br>'),
  )
}

function cells(...texts: string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
}
