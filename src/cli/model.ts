import type { Command } from 'commander'
import { NotFound } from '../platform/errors.js'
import { MODEL_LIBRARY } from '../models/library/index.js'

export function addModelCommands(program: Command): void {
  const model = program.command('model').description('the simulation models')
  model
    .command('list')
    .description('every model, its version and what it answers')
    .action(() => {
      for (const { id, version, card } of MODEL_LIBRARY)
        process.stdout.write(`${id} ${version}\n  ${card.questionOfInterest}\n`)
    })
  model
    .command('card <id>')
    .description('the model card, as JSON')
    .action((id: string) => {
      const found = MODEL_LIBRARY.find((candidate) => candidate.id === id)
      if (!found) throw new NotFound('model-unknown', 'There is no model of that id; see `twin-ledger model list`.')
      process.stdout.write(`${JSON.stringify(found.card, null, 2)}\n`)
    })
}
