import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { DecisionStatus } from './decision-state.js'
import type { DecisionMatter } from './events.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.decision`: one line a decision. Written by DecisionProjection alone. */
@Entity({ schema: 'read', name: 'decision', synchronize: false })
export class DecisionRow {
  @PrimaryColumn('uuid')
  decision!: string

  @Column('uuid')
  subject!: string

  @Column('uuid')
  run!: string

  @Column('text')
  matter!: DecisionMatter

  @Column('boolean')
  significant!: boolean

  @Column('text')
  status!: DecisionStatus

  /** The request with which the person contested it last. */
  @Column('uuid', { nullable: true })
  contest!: string | null

  @Column('timestamptz', { name: 'proposed_at' })
  proposedAt!: Date

  @Column('timestamptz', { name: 'adopted_at', nullable: true })
  adoptedAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}
