import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.twin`: one line a twin. Written by TwinProjection alone. */
@Entity({ schema: 'read', name: 'twin', synchronize: false })
export class TwinRow {
  @PrimaryColumn('uuid')
  twin!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  status!: 'active' | 'withdrawn' | 'merged'

  @Column('text')
  controller!: string

  @Column('text')
  owner!: string

  @Column('text')
  source!: string

  @Column('uuid', { nullable: true })
  survivor!: string | null

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('integer')
  facts!: number

  @Column('integer')
  corrections!: number

  @Column('integer', { name: 'open_findings' })
  openFindings!: number

  @Column('integer', { name: 'open_errors' })
  openErrors!: number

  @Column('bigint', { name: 'registered_position', transformer: position })
  registeredPosition!: number

  @Column('timestamptz', { name: 'registered_at' })
  registeredAt!: Date

  @Column('timestamptz', { name: 'last_recorded_at' })
  lastRecordedAt!: Date
}
