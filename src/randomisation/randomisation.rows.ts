/** `read.allocation`: written by RandomisationProjection alone. It holds no arm. */
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
