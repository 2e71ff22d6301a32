import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { KeyClass } from '../vault/key-class.js'
import type { RecordClass } from './record-classes.js'
import type { CaseStatus } from './retention-case.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.retention_case`: one line a class of a person's data whose period ended. Written by RetentionProjection alone. */
@Entity({ schema: 'read', name: 'retention_case', synchronize: false })
export class RetentionCaseRow {
  @PrimaryColumn('uuid', { name: 'retention_case' })
  case!: string

  @Column('uuid')
  subject!: string

  @Column('text', { name: 'key_class' })
  keyClass!: KeyClass

  @Column('text', { name: 'record_classes', array: true })
  recordClasses!: RecordClass[]

  @Column('text')
  status!: CaseStatus

  @Column('timestamptz')
  until!: Date

  /** Legal holds that keep it all the same. */
  @Column('uuid', { array: true })
  holds!: string[]

  @Column('uuid', { nullable: true })
  erasure!: string | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}
