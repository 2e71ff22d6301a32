import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { LessThan, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'
import { ShownSignatures, type ShownSignature } from '../shown-signatures.js'
import { SignatureRow } from '../signature.row.js'

export interface SignaturePage {
  signatures: ShownSignature[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Signatures on a record or of a person, newest first, a page at a time. */
export class ListSignatures extends Query<SignaturePage> {
  constructor(
    readonly context: CommandContext,
    readonly filter: { stream?: string; revision?: number; signer?: string },
    /** 1 to 200. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListSignatures)
export class ListSignaturesHandler implements IQueryHandler<ListSignatures> {
  constructor(
    @InjectRepository(SignatureRow) private readonly rows: Repository<SignatureRow>,
    private readonly shown: ShownSignatures,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ context, filter, limit, cursor }: ListSignatures): Promise<SignaturePage> {
    const { stream, revision, signer } = filter
    const found = await this.rows.find({
      where: {
        ...(stream !== undefined && { stream }),
        ...(revision !== undefined && { revision }),
        ...(signer !== undefined && { signer }),
        ...(cursor !== undefined && { position: LessThan(positionOfCursor(cursor)) }),
      },
      order: { position: 'DESC' },
      take: limit + 1,
    })
    const page = found.slice(0, limit)
    const signatures = await this.shown.show(context, page)
    return found.length > limit ? { signatures, next: pageCursor(page.at(-1)!.position) } : { signatures }
  }
}
