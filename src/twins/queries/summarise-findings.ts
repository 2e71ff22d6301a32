import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { QualityDimension, QualitySeverity } from '../quality/finding.js'
import { meaningOfRule } from '../quality/meanings.js'
import { TwinFindingRow } from '../twin-finding.row.js'
import { TwinRow } from '../twin.row.js'
import { filtered, type TwinFilter } from './twin-filter.js'

/** How often a rule is violated now. */
export interface RuleSummary {
  rule: string
  dimension: QualityDimension
  severity: QualitySeverity
  /** Findings that hold, and how many twins they concern. */
  findings: number
  twins: number
  meaning?: string
}

/** What is wrong with the data of all twins, rule by rule, most frequent first. Counts only. */
export class SummariseFindings extends Query<RuleSummary[]> {
  constructor(readonly filter: TwinFilter = {}) {
    super()
  }
}

@QueryHandler(SummariseFindings)
export class SummariseFindingsHandler implements IQueryHandler<SummariseFindings> {
  constructor(@InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>) {}

  async execute({ filter }: SummariseFindings): Promise<RuleSummary[]> {
    const open = 'finding.twin = twin.twin and finding.resolvedAt is null'
    const rules = await filtered(this.rows.createQueryBuilder('twin').where('true'), filter)
      .innerJoin(TwinFindingRow, 'finding', open)
      .select(['finding.rule as rule', 'finding.dimension as dimension', 'finding.severity as severity'])
      .addSelect('count(*)::int', 'findings')
      .addSelect('count(distinct twin.twin)::int', 'twins')
      .groupBy('finding.rule, finding.dimension, finding.severity')
      .orderBy('findings', 'DESC')
      .addOrderBy('finding.rule')
      .getRawMany<Omit<RuleSummary, 'meaning'>>()
    return rules.map((rule) => ({ ...rule, meaning: meaningOfRule(rule.rule) }))
  }
}
