import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { ProjectionEngine } from '../projections/projection-engine.js'
import { ListCohortTwins } from '../simulations/cohorts/queries/list-cohort-twins.js'
import type { AnalysisPlan, TrainingCheck } from './events.js'

/**
 * Compares the persons that a prognostic score was fitted on with those of the trial that it adjusts: the two do not overlap (EMA
 * qualification opinion on PROCOVA, 2022-09-15). What comes out are numbers; who it is stays inside.
 */
@Injectable()
export class TrainingOverlap {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: ProjectionEngine,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /** Undefined where the score comes from elsewhere. @throws NotFound `cohort-not-found`; Unavailable `projection-behind` */
  async check(
    trial: string,
    { plan, trainedOn }: Pick<AnalysisPlan, 'plan' | 'trainedOn'>,
  ): Promise<TrainingCheck | undefined> {
    if (trainedOn === undefined) return undefined
    const twins = await this.queries.execute(new ListCohortTwins(trainedOn))
    await this.projections.waitPatiently()
    const [found] = await this.database.query<Pick<TrainingCheck, 'participants' | 'overlap'>[]>(OVERLAP, [
      trial,
      twins,
    ])
    return { plan, cohort: trainedOn, ...found! }
  }

  /** Of all plans that name a cohort. */
  async checkAll(trial: string, plans: Iterable<Pick<AnalysisPlan, 'plan' | 'trainedOn'>>): Promise<TrainingCheck[]> {
    const checks = await Promise.all([...plans].map((plan) => this.check(trial, plan)))
    return checks.filter((check) => check !== undefined)
  }
}

/** Twins of one person that were merged meet in the twin that is left, from whichever side one comes. */
const OVERLAP = `
  with recursive training (twin, survivor) as (
    select twin, survivor from read.twin where twin = any ($2::uuid[])
    union
    select t.twin, t.survivor from training c join read.twin t on t.twin = c.survivor),
  participant (subject, twin, survivor) as (
    select e.subject, t.twin, t.survivor from read.enrolment e join read.twin t on t.subject = e.subject where e.trial = $1
    union
    select p.subject, t.twin, t.survivor from participant p join read.twin t on t.twin = p.survivor)
  select (select count(distinct subject)::int from read.enrolment where trial = $1) as participants,
         (select count(distinct subject)::int from participant where twin in (select twin from training)) as overlap`
