import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { RetentionGuard } from '../forgetting/retention-guard.js'
import { ErasureRow } from '../privacy.rows.js'

/** Stops erasures whose request is open again, where whoever opened it was interrupted before the erasure was stopped. */
export class StopWithdrawnErasures extends Command<{ stopped: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(StopWithdrawnErasures)
export class StopWithdrawnErasuresHandler implements ICommandHandler<StopWithdrawnErasures> {
  constructor(
    private readonly retention: RetentionGuard,
    @InjectRepository(ErasureRow) private readonly rows: Repository<ErasureRow>,
  ) {}

  /** One that fails does not keep the others waiting. @throws what the first failure was, after all were tried */
  async execute({ context }: StopWithdrawnErasures): Promise<{ stopped: number }> {
    const waiting = await this.rows.findBy({ status: In(['confirmed', 'started']) })
    const failures: unknown[] = []
    let stopped = 0
    for (const erasure of waiting) {
      const done = this.retention.stopIfWithdrawn(context, erasure)
      if (await done.catch((error: unknown) => void failures.push(error))) stopped++
    }
    if (failures.length > 0) throw failures[0]
    return { stopped }
  }
}
