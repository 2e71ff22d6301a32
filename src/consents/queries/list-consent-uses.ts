import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { InvalidRequest } from '../../platform/errors.js'
import { ConsentUseRow } from '../consent.row.js'

export interface ConsentUsePage {
  uses: ConsentUseRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** The accounting of uses: every use of a person's data that was permitted or refused, newest first (45 CFR 164.528). */
export class ListConsentUses extends Query<ConsentUsePage> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly filter: { outcome?: ConsentUseRow['outcome']; purpose?: string; trial?: string } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListConsentUses)
export class ListConsentUsesHandler implements IQueryHandler<ListConsentUses> {
  constructor(
    @InjectRepository(ConsentUseRow) private readonly rows: Repository<ConsentUseRow>,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ context, subject, filter, limit, cursor }: ListConsentUses): Promise<ConsentUsePage> {
    const query = this.rows.createQueryBuilder('use').where('use.subject = :subject', { subject })
    for (const field of ['outcome', 'purpose', 'trial'] as const) {
      if (filter[field] !== undefined) query.andWhere(`use.${field} = :${field}`, { [field]: filter[field] })
    }
    if (cursor !== undefined) query.andWhere('use.position < :before', { before: positionOf(cursor) })
    const found = await query
      .orderBy('use.position', 'DESC')
      .limit(limit + 1)
      .getMany()
    const uses = found.slice(0, limit)
    if (uses.length > 0) await this.access.opened(context, { subject, what: ['consent-uses'], count: uses.length })
    return found.length > limit ? { uses, next: cursorAt(uses.at(-1)!.position) } : { uses }
  }
}

function cursorAt(position: number): string {
  return Buffer.from(`u${position}`).toString('base64url')
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!/^u\d{1,15}$/.test(text)) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of a page of uses.')
  return Number(text.slice(1))
}
