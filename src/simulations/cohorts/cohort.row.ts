import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { CohortStatus } from './cohort.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.cohort`: one line a cohort. Written by CohortProjection alone. */
@Entity({ schema: 'read', name: 'cohort', synchronize: false })
export class CohortRow {
  @PrimaryColumn('uuid')
  cohort!: string

  @Column('text')
  status!: CohortStatus

  @Column('text')
  model!: string

  @Column('text')
  version!: string

  @Column('text')
  purpose!: string

  @Column('uuid', { nullable: true })
  trial!: string | null

  /** The data permit that it rests on; null: each person's consent. */
  @Column('uuid', { nullable: true })
  permit!: string | null

  /** Twins. */
  @Column('integer')
  size!: number

  @Column('integer')
  parts!: number

  @Column('integer', { name: 'parts_finished' })
  partsFinished!: number

  /** Runs by how they ended, of the parts that have ended. */
  @Column('integer')
  completed!: number

  @Column('integer')
  refused!: number

  @Column('integer')
  failed!: number

  @Column('integer')
  cancelled!: number

  @Column('integer', { name: 'not_run' })
  notRun!: number

  /** Members for whom no run was begun because they had opted out by then. */
  @Column('integer', { name: 'opted_out' })
  optedOut!: number

  @Column('integer')
  replays!: number

  /** Replays that found a difference. */
  @Column('integer', { name: 'replays_differing' })
  replaysDiffering!: number

  /** The replay that is under way. */
  @Column('uuid', { nullable: true })
  replaying!: string | null

  @Column('text')
  actor!: string

  @Column('bigint', { name: 'requested_position', transformer: position })
  requestedPosition!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null
}
