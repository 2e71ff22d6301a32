import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { AdvanceStatus } from './advance.js'
import type { AdvanceEntry } from './events.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.advance`: one line an entry. Written by AdvanceProjection alone. */
@Entity({ schema: 'read', name: 'advance', synchronize: false })
export class AdvanceRow {
  /** The uuid of the stream. */
  @PrimaryColumn('uuid')
  stream!: string

  @Column('jsonb')
  entry!: AdvanceEntry

  @Column('text')
  status!: AdvanceStatus

  @Column('text', { name: 'superseded_by', nullable: true })
  supersededBy!: string | null

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('bigint', { name: 'proposed_position', transformer: position })
  proposedPosition!: number
}
