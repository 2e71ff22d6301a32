import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { DesignStatus } from './design.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.design`: one line a design. Written by DesignProjection alone. */
@Entity({ schema: 'read', name: 'design', synchronize: false })
export class DesignRow {
  @PrimaryColumn('uuid')
  design!: string

  @Column('text')
  status!: DesignStatus

  @Column('text')
  model!: string

  @Column('text')
  version!: string

  /** Why it was refused or failed, as `<input>:<code>` or `<code>`. */
  @Column('text', { array: true })
  codes!: string[]

  @Column('integer')
  replays!: number

  @Column('integer', { name: 'replays_differing' })
  replaysDiffering!: number

  @Column('text')
  actor!: string

  /** Organisation of whoever computed it. */
  @Column('text', { nullable: true })
  org!: string | null

  @Column('bigint', { name: 'ended_position', transformer: position })
  endedPosition!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('timestamptz', { name: 'ended_at' })
  endedAt!: Date
}
