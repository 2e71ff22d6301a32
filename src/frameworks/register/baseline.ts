/** The edition of the register that comes along with the software. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../platform/project-root.js'
import type { LegalEntry } from './events.js'

export function baselineEntries(): LegalEntry[] {
  const path = join(projectRoot(), 'compliance', 'legal-register.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { entries: LegalEntry[] }).entries
}
