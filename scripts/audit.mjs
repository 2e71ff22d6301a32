/**
 * Asks the registry for known vulnerabilities of what is shipped: `npm run audit`. Fails at one that is high or critical; when the
 * registry cannot be asked it says so and fails nothing, so that a build without a network can tell "not asked" from "none known".
 */
import { spawnSync } from 'node:child_process'

const ARGUMENTS = ['audit', '--omit', 'dev', '--json', '--fetch-retries', '0', '--fetch-timeout', '20000']

const { stdout, error } = spawnSync('npm', ARGUMENTS, { encoding: 'utf8', shell: process.platform === 'win32' })
const report = parse(stdout ?? '')
const found = report?.metadata?.vulnerabilities

if (error || !found) {
  process.stdout.write('Dependencies were NOT audited: the registry could not be asked.\n')
} else {
  const serious = Object.values(report.vulnerabilities).filter(({ severity }) => /^(high|critical)$/.test(severity))
  process.stdout.write(
    `Dependencies audited: ${found.total} known vulnerabilities, ${serious.length} high or critical.\n`,
  )
  for (const { name, severity, range } of serious) process.stdout.write(`  ${name} ${range}: ${severity}\n`)
  process.exitCode = serious.length > 0 ? 1 : 0
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
