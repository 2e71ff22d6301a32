import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { In, Repository } from 'typeorm'
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

/** What sponsors of these trials are asked: by the day it is due, then by an id that says nothing; at most 500. */
export class ListConsultations extends Query<ShownConsultation[]> {
  constructor(readonly trials: readonly string[]) {
    super()
  }
}

const MOST = 500

@QueryHandler(ListConsultations)
export class ListConsultationsHandler implements IQueryHandler<ListConsultations> {
  constructor(
    @InjectRepository(ConsultationRow) private readonly rows: Repository<ConsultationRow>,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ trials }: ListConsultations): Promise<ShownConsultation[]> {
    const where = { trial: In([...trials]) }
    const found = await this.rows.find({ where, order: { dueAt: 'DESC', consultation: 'ASC' }, take: MOST })
    return found.map((row) => shown(row, this.clock.now()))
  }
}

function shown({ consultation, trial, code, dueAt, position, decided }: ConsultationRow, now: Date): ShownConsultation {
  const isOver = decided || dueAt < now
  const status = position !== null ? 'answered' : isOver ? 'over' : 'waiting'
  return { consultation, trial, code, status, dueOn: dueAt.toISOString().slice(0, 10), position }
}
