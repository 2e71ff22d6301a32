import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { PermitState } from './permit.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.data_permit`: one line a permit, as the decision model has it. Written by PermitProjection alone. */
@Entity({ schema: 'read', name: 'data_permit', synchronize: false })
export class PermitRow {
  @PrimaryColumn('uuid')
  permit!: string

  @Column('jsonb')
  state!: PermitState

  @Column('integer')
  revision!: number

  /** Of the last event applied. */
  @Column('bigint', { transformer: position })
  position!: number
}
