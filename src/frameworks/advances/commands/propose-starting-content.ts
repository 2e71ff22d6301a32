import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { projectRoot } from '../../../platform/project-root.js'
import { Advances } from '../advances.js'
import type { AdvanceEntry } from '../events.js'
import { ProposeAdvance } from './propose-advance.js'

export interface StartingContentReceipt {
  /** Ids of the entries that were proposed now; those on record already are left as they are. */
  proposed: string[]
}

/** Proposes the entries that come along with the project and are not on record yet. */
export class ProposeStartingContent extends Command<StartingContentReceipt> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

/** The entries that come along with the project. */
export function startingContent(): AdvanceEntry[] {
  const path = join(projectRoot(), 'compliance', 'advances.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { entries: AdvanceEntry[] }).entries
}

@CommandHandler(ProposeStartingContent)
export class ProposeStartingContentHandler implements ICommandHandler<ProposeStartingContent> {
  constructor(
    private readonly commands: CommandBus,
    private readonly advances: Advances,
  ) {}

  async execute({ context }: ProposeStartingContent): Promise<StartingContentReceipt> {
    // One key stands for one command, and these are many; repeated, they find the entries on record.
    const { idempotencyKey: _key, ...each } = context
    const proposed: string[] = []
    for (const entry of startingContent()) {
      if ((await this.advances.read(entry.id)).state.status !== null) continue
      await this.commands.execute(new ProposeAdvance(each, entry))
      proposed.push(entry.id)
    }
    return { proposed }
  }
}
