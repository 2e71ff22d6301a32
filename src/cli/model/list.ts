import type { Command } from 'commander'
import { MODEL_LIBRARY } from '../../models/library/index.js'

export function addListCommand(model: Command): void {
  model
    .command('list')
    .description('every model, its version and what it answers')
    .action(() => {
      for (const { id, version, card } of MODEL_LIBRARY)
        process.stdout.write(`${id} ${version}\n  ${card.questionOfInterest}\n`)
    })
}
