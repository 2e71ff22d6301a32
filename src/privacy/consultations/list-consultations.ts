import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { recordCursor, recordOfCursor } from '../../platform/http/page-cursor.js'
import { PrivacyClock } from '../clock.js'
import { ConsultationRow } from './consultation.row.js'
import type { ConsultationPosition } from './events.js'

/** A consultation as the sponsor knows it: the code of their trial and a day, nothing of the person or the request. */
export interface ShownConsultation {
  consultation: string
  trial: string
  code: string
  status: 'waiting' | 'answered' | 'over'
  /** The last day to answer, in UTC. */
  dueOn: string
  position: ConsultationPosition | null
}

export interface ConsultationPage {
  consultations: ShownConsultation[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** What sponsors of these trials are asked: the latest day first, then by an id that says nothing. */
export class ListConsultations extends Query<ConsultationPage> {
  constructor(
    readonly trials: readonly string[],
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListConsultations)
export class ListConsultationsHandler implements IQueryHandler<ListConsultations> {
  constructor(
    @InjectRepository(ConsultationRow) private readonly rows: Repository<ConsultationRow>,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ trials, limit, cursor }: ListConsultations): Promise<ConsultationPage> {
    const query = this.rows.createQueryBuilder('row').where('row.trial = any (:trials)', { trials })
    if (cursor !== undefined) {
      const { dueAt, consultation } = await recordOfCursor(cursor, (id) => this.rows.findOneBy({ consultation: id }))
      query.andWhere('(row.dueAt, row.consultation) < (:dueAt, :consultation)', { dueAt, consultation })
    }
    const found = await query
      .orderBy('row.dueAt', 'DESC')
      .addOrderBy('row.consultation', 'DESC')
      .limit(limit + 1)
      .getMany()
    const consultations = found.slice(0, limit).map((row) => shown(row, this.clock.now()))
    return found.length > limit
      ? { consultations, next: recordCursor(consultations.at(-1)!.consultation) }
      : { consultations }
  }
}

function shown({ consultation, trial, code, dueAt, position, decided }: ConsultationRow, now: Date): ShownConsultation {
  const isOver = decided || dueAt < now
  const status = position !== null ? 'answered' : isOver ? 'over' : 'waiting'
  return { consultation, trial, code, status, dueOn: dueAt.toISOString().slice(0, 10), position }
}
