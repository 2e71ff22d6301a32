import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { LessThan, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { ShownSignatures, type ShownSignature } from '../shown-signatures.js'
import { SignatureRow } from '../signature.row.js'

export interface SignaturePage {
  signatures: ShownSignature[]
  /** Position to ask for signatures before; absent on the last page. */
  next?: number
}

/** Signatures on a record or of a person, newest first, a page at a time. */
export class ListSignatures extends Query<SignaturePage> {
  constructor(
    readonly context: CommandContext,
    readonly filter: { stream?: string; revision?: number; signer?: string },
    /** 1 to 200. */
    readonly limit = 50,
    readonly before?: number,
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

  async execute({ context, filter, limit, before }: ListSignatures): Promise<SignaturePage> {
    const { stream, revision, signer } = filter
    const found = await this.rows.find({
      where: {
        ...(stream !== undefined && { stream }),
        ...(revision !== undefined && { revision }),
        ...(signer !== undefined && { signer }),
        ...(before !== undefined && { position: LessThan(before) }),
      },
      order: { position: 'DESC' },
      take: limit + 1,
    })
    const page = found.slice(0, limit)
    const signatures = await this.shown.show(context, page)
    return found.length > limit ? { signatures, next: page.at(-1)!.position } : { signatures }
  }
}
