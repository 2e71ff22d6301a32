/** `read.allocation` and `read.unblinding`: written by RandomisationProjection alone. They hold no arm. */
import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

@Entity({ schema: 'read', name: 'allocation', synchronize: false })
export class AllocationRow {
  @PrimaryColumn('uuid')
  trial!: string

  @PrimaryColumn('text')
  code!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  site!: string

  /** Random; null once the person's record of the trial was erased. */
  @Column('text', { nullable: true })
  number!: string | null

  @Column('timestamptz', { name: 'randomised_at' })
  randomisedAt!: Date

  /** When the arm was opened in an emergency for the first time. */
  @Column('timestamptz', { name: 'unblinded_at', nullable: true })
  unblindedAt!: Date | null

  @Column('bigint', { transformer: position })
  position!: number
}

@Entity({ schema: 'read', name: 'unblinding', synchronize: false })
export class UnblindingRow {
  @PrimaryColumn('uuid')
  unblinding!: string

  @Column('uuid')
  trial!: string

  @Column('text')
  code!: string

  /** To whom the arm was opened. */
  @Column('uuid')
  actor!: string

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date

  @Column('timestamptz', { name: 'reviewed_at', nullable: true })
  reviewedAt!: Date | null

  /** When it was recorded that nobody reviewed it in time. */
  @Column('timestamptz', { name: 'overdue_at', nullable: true })
  overdueAt!: Date | null
}
