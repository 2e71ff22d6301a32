/** The requirements this version is held to, as `compliance/requirements.json` lists them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/project-root.js'

export interface Requirement {
  /** `TL-<AREA>-<three digits>`; never given to another requirement. */
  id: string
  /** One sentence that a test can contradict. */
  statement: string
  /** Clause numbers, such as `21 CFR 11.10(e)`; never their text. */
  clauses: readonly string[]
  /** Files and folders that fulfil it, from the root of the repository. */
  controls: readonly string[]
  /** `planned` claims nothing: no control, no test. */
  status: 'built' | 'planned'
}

export function readRequirements(): readonly Requirement[] {
  const file = readFileSync(join(projectRoot(), 'compliance', 'requirements.json'), 'utf8')
  return (JSON.parse(file) as { requirements: Requirement[] }).requirements
}
