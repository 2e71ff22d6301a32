import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { FactField } from '../twins/queries/find-fact.js'
import type { CancellationReason, QueryReason, QueryStatus } from './codes.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.data_query`: one line a data query. Written by DataQueryProjection alone. */
@Entity({ schema: 'read', name: 'data_query', synchronize: false })
export class DataQueryRow {
  @PrimaryColumn('uuid')
  query!: string

  @Column('uuid')
  subject!: string

  @Column('uuid')
  twin!: string

  @Column('uuid')
  fact!: string

  @Column('text')
  field!: FactField

  /** Null: about the record as such, for no trial. */
  @Column('uuid', { nullable: true })
  trial!: string | null

  @Column('text')
  site!: string

  @Column('text')
  reason!: QueryReason

  @Column('text')
  status!: QueryStatus

  @Column('text', { name: 'asked_by' })
  askedBy!: string

  @Column('timestamptz', { name: 'raised_at' })
  raisedAt!: Date

  /** When it was asked last: at first, or again. */
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null

  @Column('uuid', { nullable: true })
  correction!: string | null

  /** Closed or cancelled. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null

  @Column('text', { name: 'cancellation', nullable: true })
  cancellation!: CancellationReason | null

  @Column('bigint', { name: 'raised_position', transformer: position })
  raisedPosition!: number
}
