import type { Command } from 'commander'
import { addCardCommand } from './card.js'
import { addListCommand } from './list.js'
import { addReplayCommand } from './replay.js'
import { addRunCommand } from './run.js'
import { addVectorsCommand } from './vectors.js'

export function addModelCommands(program: Command): void {
  const model = program.command('model').description('the simulation models')
  addListCommand(model)
  addCardCommand(model)
  addRunCommand(model)
  addReplayCommand(model)
  addVectorsCommand(model)
}
