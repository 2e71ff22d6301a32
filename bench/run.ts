/** `npm run bench -- <name> [--json FILE]`: measured claims, runnable by anyone. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { appendBench } from './append.js'

const BENCHES: Record<string, () => Promise<object>> = { append: appendBench }

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const report: Record<string, object> = {}
for (const name of names) {
  const bench = BENCHES[name]
  if (!bench) {
    console.error(`There is no benchmark "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`)
    process.exit(2)
  }
  report[name] = await bench()
  console.log(
    `${name}\n${JSON.stringify(report[name], (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value), 2)}`,
  )
}
if (values.json) await writeFile(values.json, JSON.stringify(report, null, 2) + '\n')
