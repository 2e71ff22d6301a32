import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { SignatureMeaning } from './meanings.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.signature`: where to find the signatures on a record or of a person. Written by SignatureProjection alone. */
@Entity({ schema: 'read', name: 'signature', synchronize: false })
export class SignatureRow {
  @PrimaryColumn('uuid')
  signature!: string

  @Column('text')
  stream!: string

  @Column('integer')
  revision!: number

  @Column('bigint', { name: 'record_position', transformer: position })
  recordPosition!: number

  @Column('uuid', { name: 'record_event_id' })
  recordEventId!: string

  @Column('text')
  signer!: string

  @Column('text')
  meaning!: SignatureMeaning

  @Column('uuid', { name: 'event_id' })
  eventId!: string

  @Column('bigint', { transformer: position })
  position!: number
}
