import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { QualityDimension, QualitySeverity } from './quality/finding.js'

/** `read.twin_finding`: one line a data-quality finding. Written by TwinProjection alone. */
@Entity({ schema: 'read', name: 'twin_finding', synchronize: false })
export class TwinFindingRow {
  /** Event id. */
  @PrimaryColumn('uuid')
  finding!: string

  @Column('uuid')
  twin!: string

  @Column('text')
  dimension!: QualityDimension

  @Column('text')
  severity!: QualitySeverity

  @Column('text')
  rule!: string

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null
}
