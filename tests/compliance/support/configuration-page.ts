/** `docs/configuration.md`, from the settings that the service reads. */
import { SETTINGS, type Setting } from '../../../src/platform/settings.js'

const HEAD = `# Configuration

Twin Ledger is configured by environment variables. They are checked at start; every wrong one is named in one message, and
nothing starts before all are right. An empty variable counts as not set. \`twin-ledger config\` checks the environment it
runs in and prints each setting, without secrets. The settings cannot change while the service runs.

This page is written by \`npm run -s docs:configuration\`, and a test compares it with the source.

| Variable | Meaning | When not set |
|---|---|---|
`

const FOOT = `
The values of variables marked *secret* are never logged or printed, not even in a complaint about them.
`

export function configurationPage(settings: readonly Setting[] = SETTINGS): string {
  return `${HEAD}${settings.map(row).join('\n')}\n${FOOT}`
}

function row({ name, description, default: byDefault, secret }: Setting): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  return `| \`${name}\` | ${cell(description)}${secret ? ' *Secret.*' : ''} | ${cell(byDefault)} |`
}
