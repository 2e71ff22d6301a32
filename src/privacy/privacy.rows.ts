import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { KeyClass } from '../vault/key-class.js'
import type {
  ErasureGround,
  HoldGround,
  HoldRefusal,
  HoldRequester,
  Outcome,
  RefusalGround,
  RequestChannel,
  RequestKind,
} from './codes.js'
import type { ErasureStatus, Hold } from './forgetting/forgetting-state.js'
import type { RequestStatus } from './requests/request-state.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.privacy_request`: one line a request. Written by PrivacyProjection alone, like the other three. */
@Entity({ schema: 'read', name: 'privacy_request', synchronize: false })
export class PrivacyRequestRow {
  @PrimaryColumn('uuid')
  request!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  kind!: RequestKind

  @Column('text')
  channel!: RequestChannel

  @Column('text')
  status!: RequestStatus

  @Column('text', { nullable: true })
  outcome!: Outcome | null

  /** The first ground of a refusal. */
  @Column('text', { nullable: true })
  ground!: RefusalGround | null

  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date

  @Column('boolean')
  extended!: boolean

  /** When the missed deadline was noticed. */
  @Column('timestamptz', { name: 'overdue_at', nullable: true })
  overdueAt!: Date | null

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}

/** `read.erasure`: one line an erasure that was decided. */
@Entity({ schema: 'read', name: 'erasure', synchronize: false })
export class ErasureRow {
  @PrimaryColumn('uuid')
  erasure!: string

  @Column('uuid')
  request!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  status!: ErasureStatus

  @Column('text')
  ground!: ErasureGround

  @Column('text', { array: true })
  classes!: KeyClass[]

  @Column('timestamptz', { name: 'decided_at' })
  decidedAt!: Date

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null

  @Column('timestamptz', { name: 'completed_at', nullable: true })
  completedAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}

/** `read.legal_hold`: one line a hold. */
@Entity({ schema: 'read', name: 'legal_hold', synchronize: false })
export class LegalHoldRow {
  @PrimaryColumn('uuid')
  hold!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  status!: Hold['status']

  @Column('text', { name: 'requested_by' })
  requestedBy!: HoldRequester

  @Column('text')
  ground!: HoldGround

  /** Actor id of whoever asked for it with an account of their own. */
  @Column('uuid', { nullable: true })
  requester!: string | null

  @Column('timestamptz', { name: 'requested_at', nullable: true })
  requestedAt!: Date | null

  /** Why it was not placed. */
  @Column('text', { nullable: true })
  refusal!: HoldRefusal | null

  /** Null while it is only asked for. */
  @Column('timestamptz', { name: 'placed_at', nullable: true })
  placedAt!: Date | null

  /** Since when somebody asks to lift it after its approval. */
  @Column('timestamptz', { name: 'lifting_requested_at', nullable: true })
  liftingRequestedAt!: Date | null

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null

  @Column('bigint', { name: 'first_position', transformer: position })
  firstPosition!: number

  @Column('bigint', { transformer: position })
  position!: number
}

/** `read.recipient_notice`: one line a recipient that was told of an erasure. */
@Entity({ schema: 'read', name: 'recipient_notice', synchronize: false })
export class RecipientNoticeRow {
  /** Event id. */
  @PrimaryColumn('uuid')
  notice!: string

  @Column('text')
  recipient!: string

  @Column('uuid')
  erasure!: string

  @Column('uuid')
  subject!: string

  /** Under these ids the recipient knows the person. */
  @Column('uuid', { array: true })
  twins!: string[]

  @Column('text', { array: true })
  classes!: KeyClass[]

  @Column('bigint', { transformer: position })
  position!: number

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date
}
