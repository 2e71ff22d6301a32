import type { Command } from 'commander'
import { readConfiguration } from '../platform/configuration.js'
import { SETTINGS } from '../platform/settings.js'

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description(
      'check the configuration and print every setting, its meaning and whether it is set; no secret is shown',
    )
    .action(() => {
      const { warnings } = readConfiguration()
      for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`)
      for (const { name, description, default: byDefault, secret } of SETTINGS) {
        const value = process.env[name]?.trim()
        const shown = value ? (secret ? '(set)' : value) : `(default: ${byDefault})`
        process.stdout.write(`${name}\n  ${description}\n  ${shown}\n`)
      }
    })
}
