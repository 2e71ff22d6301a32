/** `npm run bench -- <name> [--events N] [--json FILE]`: measured claims, runnable by anyone. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { appendBench } from './append.js'
import { cohortBench } from './cohort.js'
import { modelsBench } from './models.js'
import { policyBench } from './policy.js'
import { privacyBench } from './privacy.js'
import { projectBench } from './project.js'
import { readBench } from './read.js'
import { vaultBench } from './vault.js'
import { verifyBench } from './verify.js'

export interface BenchOptions {
  /** Events in the log, persons in the vault or twins in the cohort; each benchmark has its own default. */
  events?: number
}

const BENCHES: Record<string, (options: BenchOptions) => Promise<object>> = {
  append: appendBench,
  models: modelsBench,
  cohort: cohortBench,
  verify: verifyBench,
  project: projectBench,
  read: readBench,
  vault: vaultBench,
  privacy: privacyBench,
  policy: policyBench,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, events: { type: 'string' } },
})
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const unknown = names.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
const options: BenchOptions = values.events === undefined ? {} : { events: Number(values.events) }
const report: Record<string, object> = {}
for (const name of names) {
  report[name] = await BENCHES[name]!(options)
  console.log(`${name}\n${JSON.stringify(report[name], readable, 2)}`)
}
if (values.json) await writeFile(values.json, JSON.stringify(report, null, 2) + '\n')

function readable(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value
}
