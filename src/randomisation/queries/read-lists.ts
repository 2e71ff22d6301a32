import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { ArmsVault, type ArmList } from '../arms-vault.js'
import { RandomisationReader } from '../randomisation-reader.js'

/** The sealed lists of a trial, in the order of sealing, with the seeds of those generated. Reading them is recorded. */
export class ReadLists extends Query<ArmList[]> {
  constructor(
    readonly context: CommandContext,
    readonly trial: string,
  ) {
    super()
  }
}

@QueryHandler(ReadLists)
export class ReadListsHandler implements IQueryHandler<ReadLists> {
  constructor(
    private readonly reader: RandomisationReader,
    private readonly arms: ArmsVault,
    private readonly access: AccessRecorder,
  ) {}

  async execute({ context, trial }: ReadLists): Promise<ArmList[]> {
    const { lists } = (await this.reader.read(trial)).state
    await this.access.searched(context, { what: 'lists of arms', by: [], found: lists.length, trial })
    return Promise.all(lists.map((sealed) => this.arms.openList(trial, sealed)))
  }
}
