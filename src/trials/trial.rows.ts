/** `read.trial`, `read.trial_site`, `read.enrolment`: written by TrialProjection alone. */
import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { TrialPhase } from './events.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

@Entity({ schema: 'read', name: 'trial', synchronize: false })
export class TrialRow {
  @PrimaryColumn('uuid')
  trial!: string

  @Column('text')
  code!: string

  @Column('text')
  title!: string

  @Column('text')
  sponsor!: string

  @Column('text', { name: 'protocol_id' })
  protocolId!: string

  @Column('text', { name: 'protocol_version' })
  protocolVersion!: string

  @Column('text', { nullable: true })
  phase!: TrialPhase | null

  @Column('text')
  status!: 'open' | 'closed'

  @Column('text', { name: 'closing_reason', nullable: true })
  closingReason!: string | null

  @Column('integer')
  enrolled!: number

  @Column('integer')
  withdrawn!: number

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('bigint', { name: 'registered_position', transformer: position })
  registeredPosition!: number

  @Column('timestamptz', { name: 'registered_at' })
  registeredAt!: Date

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null
}

@Entity({ schema: 'read', name: 'trial_site', synchronize: false })
export class TrialSiteRow {
  @PrimaryColumn('uuid')
  trial!: string

  @PrimaryColumn('text')
  site!: string

  @Column('text')
  country!: string

  @Column('text')
  status!: 'open' | 'closed'

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null
}

@Entity({ schema: 'read', name: 'enrolment', synchronize: false })
export class EnrolmentRow {
  @PrimaryColumn('uuid')
  trial!: string

  @PrimaryColumn('text')
  code!: string

  @Column('uuid')
  subject!: string

  @Column('text')
  site!: string

  @Column('text')
  status!: 'enrolled' | 'withdrawn'

  @Column('timestamptz', { name: 'enrolled_at' })
  enrolledAt!: Date

  @Column('timestamptz', { name: 'withdrawn_at', nullable: true })
  withdrawnAt!: Date | null

  @Column('text', { name: 'withdrawal_reason', nullable: true })
  withdrawalReason!: string | null

  @Column('bigint', { transformer: position })
  position!: number
}
