import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { ConsultationPosition } from './events.js'

/** `read.erasure_consultation`: one line for a request and a trial. Written by ConsultationProjection alone. */
@Entity({ schema: 'read', name: 'erasure_consultation', synchronize: false })
export class ConsultationRow {
  @PrimaryColumn('uuid')
  consultation!: string

  @Column('uuid')
  request!: string

  @Column('uuid')
  subject!: string

  @Column('uuid')
  trial!: string

  @Column('text')
  code!: string

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date

  @Column('text', { nullable: true })
  position!: ConsultationPosition | null

  /** Whether the request was decided. */
  @Column('boolean')
  decided!: boolean
}
