import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { ShownSignatures, type ShownSignature } from '../shown-signatures.js'
import { SignatureRow } from '../signature.row.js'

export type { ShownSignature } from '../shown-signatures.js'

/**
 * The signatures on a record (any revision of a stream) or on single entries of the log, oldest first, with printed names. For
 * renderings of the record: whoever asks has established that the reader may see it.
 */
export class SignaturesOn extends Query<ShownSignature[]> {
  constructor(
    readonly context: CommandContext,
    readonly what: { stream: string } | { positions: readonly number[] },
  ) {
    super()
  }
}

@QueryHandler(SignaturesOn)
export class SignaturesOnHandler implements IQueryHandler<SignaturesOn> {
  constructor(
    @InjectRepository(SignatureRow) private readonly rows: Repository<SignatureRow>,
    private readonly shown: ShownSignatures,
  ) {}

  async execute({ context, what }: SignaturesOn): Promise<ShownSignature[]> {
    const where = 'stream' in what ? { stream: what.stream } : { recordPosition: In([...what.positions]) }
    return this.shown.show(context, await this.rows.find({ where, order: { position: 'ASC' } }))
  }
}
