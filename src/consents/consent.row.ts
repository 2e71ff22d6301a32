import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { ConsentMethod, ConsentParty, DataCategory, Purpose } from './codes.js'
import type { ConsentStatus } from './consent-state.js'
import type { DuoCode } from './duo.js'
import type { UseRefusalCode } from './scope.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.consent`: one line a consent. Written by ConsentProjection alone. */
@Entity({ schema: 'read', name: 'consent', synchronize: false })
export class ConsentRow {
  @PrimaryColumn('uuid')
  consent!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  status!: ConsentStatus

  @Column('text', { array: true })
  purposes!: Purpose[]

  @Column('text', { array: true })
  duo!: DuoCode[]

  /** Null: any. */
  @Column('text', { name: 'model_classes', array: true, nullable: true })
  modelClasses!: string[] | null

  /** Null: uses outside of any trial. */
  @Column('uuid', { array: true, nullable: true })
  trials!: string[] | null

  /** Null: any. */
  @Column('text', { name: 'data_categories', array: true, nullable: true })
  dataCategories!: DataCategory[] | null

  @Column('text')
  controller!: string

  @Column('text', { name: 'notice_id' })
  noticeId!: string

  @Column('text', { name: 'notice_version' })
  noticeVersion!: string

  @Column('text', { name: 'notice_language' })
  noticeLanguage!: string

  @Column('text', { nullable: true })
  method!: ConsentMethod | null

  @Column('text', { name: 'given_by', nullable: true })
  by!: ConsentParty | null

  @Column('timestamptz', { name: 'requested_at', nullable: true })
  requestedAt!: Date | null

  @Column('timestamptz', { name: 'given_at', nullable: true })
  givenAt!: Date | null

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}

/** `read.consent_use`: one line a permitted or refused use. Written by ConsentProjection alone. */
@Entity({ schema: 'read', name: 'consent_use', synchronize: false })
export class ConsentUseRow {
  /** Event id. */
  @PrimaryColumn('uuid')
  use!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  outcome!: 'authorised' | 'refused'

  /** The consent that permitted it. */
  @Column('uuid', { nullable: true })
  consent!: string | null

  /** The data permit that it rests on instead, or was to rest on. */
  @Column('uuid', { nullable: true })
  permit!: string | null

  @Column('text')
  purpose!: Purpose

  @Column('text', { nullable: true })
  model!: string | null

  @Column('uuid', { nullable: true })
  trial!: string | null

  @Column('text', { name: 'data_categories', array: true })
  dataCategories!: DataCategory[]

  /** Why it was refused; empty when it was not. */
  @Column('text', { array: true })
  codes!: UseRefusalCode[]

  /** What asked, such as a simulation run. */
  @Column('uuid', { nullable: true })
  reference!: string | null

  @Column('text')
  actor!: string

  @Column('text', { name: 'actor_role' })
  actorRole!: string

  @Column('text', { name: 'actor_org', nullable: true })
  actorOrg!: string | null

  @Column('bigint', { transformer: position })
  position!: number

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date
}
