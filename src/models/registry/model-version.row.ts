import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { AiActClass } from './ai-act.js'
import type { ModelNature } from './credibility-factors.js'
import type { RiskTier } from '../model-card.js'
import type { VersionStatus } from './model-version-state.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.model_version`: one line a proposed version. Written by ModelVersionProjection alone. */
@Entity({ schema: 'read', name: 'model_version', synchronize: false })
export class ModelVersionRow {
  @PrimaryColumn('uuid')
  id!: string

  @Column('text')
  model!: string

  @Column('text')
  version!: string

  @Column('text')
  title!: string

  @Column('text')
  nature!: ModelNature

  @Column('text')
  status!: VersionStatus

  @Column('text', { name: 'risk_tier', nullable: true })
  riskTier!: RiskTier | null

  @Column('text', { name: 'ai_act_class', nullable: true })
  aiActClass!: AiActClass | null

  @Column('text', { name: 'code_digest' })
  codeDigest!: string

  @Column('text', { name: 'coefficient_digest' })
  coefficientDigest!: string

  @Column('boolean', { name: 'signed', nullable: true })
  signed!: boolean | null

  @Column('text', { name: 'superseded_by', nullable: true })
  supersededBy!: string | null

  @Column('timestamptz', { name: 'proposed_at' })
  proposedAt!: Date

  /** Of the approval in force; null without one. */
  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt!: Date | null

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number

  @Column('bigint', { name: 'proposed_position', transformer: position })
  proposedPosition!: number
}
