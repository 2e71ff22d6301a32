import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { LegalEntryState } from './legal-entry.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.legal_entry`: one line an entry, as the decision model has it. Written by LegalEntryProjection alone. */
@Entity({ schema: 'read', name: 'legal_entry', synchronize: false })
export class LegalEntryRow {
  /** The uuid of the stream. */
  @PrimaryColumn('uuid')
  stream!: string

  @Column('jsonb')
  state!: LegalEntryState

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number
}
