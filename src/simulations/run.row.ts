import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { ModelUse } from '../models/registry/judge-use.js'
import type { RunStatus } from './simulation.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.simulation_run`: one line a run. Written by RunProjection alone. */
@Entity({ schema: 'read', name: 'simulation_run', synchronize: false })
export class RunRow {
  @PrimaryColumn('uuid')
  run!: string

  @Column('text')
  status!: RunStatus

  @Column('text')
  model!: string

  @Column('text')
  version!: string

  @Column('uuid')
  twin!: string

  @Column('integer', { name: 'twin_revision' })
  twinRevision!: number

  @Column('uuid')
  subject!: string

  @Column('uuid', { nullable: true })
  trial!: string | null

  @Column('uuid', { nullable: true })
  cohort!: string | null

  @Column('text')
  purpose!: string

  /** What a result may be used for. */
  @Column('text')
  stamp!: ModelUse

  /** Why it was refused or failed, as `<input>:<code>` or `<code>`. */
  @Column('text', { array: true })
  codes!: string[]

  @Column('integer')
  replays!: number

  @Column('integer', { name: 'replays_differing' })
  replaysDiffering!: number

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
