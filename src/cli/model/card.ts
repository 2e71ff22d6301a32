import type { Command } from 'commander'
import { MODEL_LIBRARY } from '../../models/library/index.js'
import { NotFound } from '../../platform/errors.js'

export function addCardCommand(model: Command): void {
  model
    .command('card <id>')
    .description('the model card, as JSON')
    .action((id: string) => {
      const found = MODEL_LIBRARY.find((candidate) => candidate.id === id)
      if (!found) throw new NotFound('model-unknown', 'There is no model of that id; see `twin-ledger model list`.')
      process.stdout.write(`${JSON.stringify(found.card, null, 2)}\n`)
    })
}
