import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }
/** Times leave as the log has them: RFC 3339, UTC, milliseconds. */
const time: ValueTransformer = {
  from: (value: Date | null) => value?.toISOString() ?? null,
  to: (value: string | null) => value,
}

/** `read.audit_entry`: one line an event. Written by AuditProjection alone. */
@Entity({ schema: 'read', name: 'audit_entry', synchronize: false })
export class AuditEntryRow {
  @PrimaryColumn('bigint', { transformer: position })
  position!: number

  @Column('uuid', { name: 'event_id' })
  eventId!: string

  @Column('text')
  stream!: string

  @Column('integer')
  revision!: number

  @Column('text')
  type!: string

  @Column('integer')
  schema!: number

  @Column('timestamptz', { name: 'recorded_at', transformer: time })
  recordedAt!: string

  @Column('timestamptz', { name: 'occurred_at', nullable: true, transformer: time })
  occurredAt!: string | null

  @Column('text', { name: 'actor_id' })
  actorId!: string

  @Column('text', { name: 'actor_role' })
  actorRole!: string

  @Column('text', { name: 'actor_org', nullable: true })
  actorOrg!: string | null

  @Column('text', { nullable: true })
  purpose!: string | null

  @Column('text', { nullable: true })
  reason!: string | null

  @Column('uuid', { nullable: true })
  subject!: string | null

  @Column('uuid', { nullable: true })
  trial!: string | null

  @Column('uuid')
  correlation!: string

  @Column('uuid', { nullable: true })
  causation!: string | null

  @Column('boolean')
  sealed!: boolean

  @Column('uuid', { name: 'key_id', nullable: true })
  keyId!: string | null
}
