import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, Not, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { ErasureProcess } from '../forgetting/erasure-process.js'
import { BEFORE_START, ENDED } from '../forgetting/forgetting-state.js'
import { ErasureRow } from '../privacy.rows.js'

/** Brings erasures to their end that were interrupted after two persons had set them going. */
export class FinishErasures extends Command<{ finished: number }> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(FinishErasures)
export class FinishErasuresHandler implements ICommandHandler<FinishErasures> {
  constructor(
    private readonly process: ErasureProcess,
    @InjectRepository(ErasureRow) private readonly rows: Repository<ErasureRow>,
  ) {}

  /** One that fails does not keep the others waiting. @throws what the first failure was, after all were tried */
  async execute({ context }: FinishErasures): Promise<{ finished: number }> {
    const interrupted = await this.rows.findBy({ status: Not(In([...BEFORE_START, ...ENDED])) })
    const failures: unknown[] = []
    for (const { subject, erasure } of interrupted)
      await this.process.finish(context, subject, erasure).catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
    return { finished: interrupted.length }
  }
}
