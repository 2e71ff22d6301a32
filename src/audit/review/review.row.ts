import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }
const time: ValueTransformer = { from: (value: Date) => value.toISOString(), to: (value: string) => value }

/** `read.audit_review`: one line a review. Written by ReviewProjection alone. */
@Entity({ schema: 'read', name: 'audit_review', synchronize: false })
export class ReviewRow {
  @PrimaryColumn('uuid')
  review!: string

  @Column('text')
  status!: 'planned' | 'under-way' | 'concluded' | 'closed'

  @Column('uuid', { nullable: true })
  trial!: string | null

  @Column('timestamptz', { name: 'period_from', transformer: time })
  from!: string

  @Column('timestamptz', { name: 'period_to', transformer: time })
  to!: string

  @Column('timestamptz', { name: 'due_at', transformer: time })
  dueAt!: string

  @Column('text', { nullable: true })
  reviewer!: string | null

  @Column('integer')
  findings!: number

  @Column('bigint', { name: 'planned_position', transformer: position })
  plannedPosition!: number
}
