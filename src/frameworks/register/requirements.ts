/** The requirements that this version was built against, as the register refers to them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../platform/project-root.js'
import type { LegalText } from './events.js'
import { TOPICS } from './topics.js'

export interface Requirement {
  id: string
  statement: string
  status: 'built' | 'planned'
}

let read: readonly Requirement[] | undefined

/** Read once: they are part of the software. */
export function requirements(): readonly Requirement[] {
  read ??= (
    JSON.parse(readFileSync(join(projectRoot(), 'compliance', 'requirements.json'), 'utf8')) as {
      requirements: Requirement[]
    }
  ).requirements.map(({ id, statement, status }) => ({ id, statement, status }))
  return read
}

/** Those an entry names itself, then those of the areas that its topics touch. */
export function requirementsOf({ controls, touches }: Pick<LegalText, 'controls' | 'touches'>): Requirement[] {
  const areas = new Set<string>(touches.flatMap((topic) => TOPICS[topic]))
  const named = (id: string) => controls.includes(id)
  return [
    ...requirements().filter(({ id }) => named(id)),
    ...requirements().filter(({ id }) => !named(id) && areas.has(id.split('-')[1]!)),
  ]
}
