import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { BreachRisk } from './codes.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.breach`: one line a breach. Written by BreachProjection alone. */
@Entity({ schema: 'read', name: 'breach', synchronize: false })
export class BreachRow {
  @PrimaryColumn('uuid')
  breach!: string

  @Column('text')
  status!: 'open' | 'closed'

  @Column('text', { nullable: true })
  risk!: BreachRisk | null

  @Column('timestamptz', { name: 'aware_at' })
  awareAt!: Date

  /** 72 hours after awareness. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date

  /** When the authority was first notified, or that was found not to be required. */
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null

  @Column('timestamptz', { name: 'overdue_at', nullable: true })
  overdueAt!: Date | null

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}
