import { Injectable } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import type { Use, UseDecision } from '../../../consents/commands/authorise-use.js'
import { AuthoriseUses } from '../../../consents/commands/authorise-uses.js'
import { FindCoverage, type Coverage, type PermitClaim } from '../../../consents/queries/find-coverage.js'
import { Journal } from '../../../journal/journal.js'
import { findModel } from '../../../models/registry/find-model.js'
import { NotFound, RevisionConflict } from '../../../platform/errors.js'
import { BaselinesOf } from '../../../randomisation/queries/baselines-of.js'
import { DataOfTrial, type TrialData } from '../../../randomisation/queries/data-of-trial.js'
import { GetTwin } from '../../../twins/queries/get-twin.js'
import { GetTwins } from '../../../twins/queries/get-twins.js'
import { WithdrawnFrom } from '../../../trials/queries/withdrawn-from.js'
import type { RunRequest } from '../../events.js'
import { asOfBaseline } from '../../inputs/baseline.js'
import { mappingOf } from '../../inputs/mappings.js'
import { selectInputs, type SelectedInputs } from '../../inputs/select-inputs.js'
import { recordOf, type TwinView } from '../../inputs/twin-record.js'
import { beginningOf, lockedTo, requestOf, useOf, type RunEnd } from '../../run-order.js'
import { RunWriter, type KnownRun, type RecordedRun } from '../../run-writer.js'
import { simulationDecider } from '../../simulation.js'
import { contextRefusals, judgeOrder, useRefusals } from '../../use-gate.js'
import { CohortMembers, type Member } from '../cohort-members.js'
import type { EndedRun, Part, ReadyRun } from './part-runs.js'

interface Fresh extends Member {
  run: string
}

/** What came of beginning a part. */
export interface BegunPart {
  runs: (EndedRun | ReadyRun)[]
  /** Members for whom no run was begun because they are out of secondary use. */
  optedOut: number
}

/** What consent says, and whether the person left the trial since it was given. */
interface Standing {
  decision: UseDecision
  withdrawn: boolean
}

/**
 * Begins the runs of a part: consent is asked, what it permits is read, inputs are chosen, and the request is on record before
 * anything is computed. What was begun when the part was worked on before is taken up where it stands.
 */
@Injectable()
export class BeginRuns {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly runs: RunWriter,
    private readonly members: CohortMembers,
  ) {}

  /** The run of a twin in a cohort: always the same, so that a part that is worked on twice means the same runs. */
  runOf(cohort: string, twin: string): string {
    return this.journal.deriveEventId('cohort-run', cohort, twin)
  }

  /** Errors are those of a store that is away; everything that concerns one run is its recorded end. */
  async begin(asked: Omit<Part, 'judgement'>): Promise<BegunPart> {
    const part: Part = { ...asked, judgement: await judgeOrder(this.queries, asked.order) }
    const runs = new Map(part.twins.map((twin) => [twin, this.runOf(part.cohort, twin)]))
    const earlier = await this.runs.findMany([...runs.values()])
    const listed = await this.members.of(part.twins)
    const members = part.twins.map((twin): Fresh => {
      const member = listed.get(twin)
      if (!member)
        throw new NotFound('twin-not-found', 'A twin of the cohort is not in the list of twins yet.', { twin })
      return { ...member, run: runs.get(twin)! }
    })
    const resumed = members.flatMap((member) => {
      const recorded = earlier.get(member.run)
      return recorded ? [this.resume(part, member.run, recorded, member)] : []
    })
    const fresh = members.filter(({ run, optedOut }) => !earlier.has(run) && !optedOut)
    const decided = await this.authorise(part, fresh)
    const within = decided.filter(({ decision }) => !isOptedOut(decision))
    const begun = await Promise.all([...resumed, ...(await this.beginFresh(part, within))])
    return { runs: begun, optedOut: part.twins.length - begun.length }
  }

  /** What each person's consents say, on record; an opt-out from secondary use too. */
  private async authorise(part: Part, fresh: readonly Fresh[]): Promise<(Fresh & { decision: UseDecision })[]> {
    const use = cohortUse(part)
    const decisions = await this.commands.execute(
      new AuthoriseUses(
        part.context,
        fresh.map(({ run, subject, controller }) => ({
          subject,
          use,
          reference: run,
          answerId: this.journal.deriveEventId('cohort-use', run),
          holders: [controller],
        })),
        part.order.permit,
      ),
    )
    return fresh.map((member, index) => ({ ...member, decision: decisions[index]! }))
  }

  private async beginFresh(
    part: Part,
    fresh: readonly (Fresh & { decision: UseDecision })[],
  ): Promise<Promise<EndedRun | ReadyRun>[]> {
    if (fresh.length === 0) return []
    const withdrawn = await this.withdrawn(part, fresh)
    const permitted = fresh.filter(({ subject, decision }) => decision.authorised && !withdrawn.has(subject))
    const { trial, model } = part.order
    const subjects = fresh.map(({ subject }) => subject)
    const baselines = await this.queries.execute(new BaselinesOf(trial, model, subjects))
    const data = await this.queries.execute(new DataOfTrial(trial))
    const views = await this.queries.execute(
      new GetTwins(
        purposeful(part),
        permitted.map(({ twin }) => twin),
        'full',
        { trial, ...data },
      ),
    )
    return fresh.map((member) => {
      const standing = { decision: member.decision, withdrawn: withdrawn.has(member.subject) }
      return this.record(part, member, standing, {
        ...data,
        view: views.get(member.twin),
        randomisedAt: baselines.get(member.subject),
      })
    })
  }

  /** Who left the trial, also since the cohort was asked for. */
  private async withdrawn({ order: { trial } }: Part, members: readonly { subject: string }[]) {
    if (trial === undefined) return new Set<string>()
    return this.queries.execute(
      new WithdrawnFrom(
        trial,
        members.map(({ subject }) => subject),
      ),
    )
  }

  private async record(
    part: Part,
    { run, twin, subject, revision, controller }: Fresh,
    { decision, withdrawn }: Standing,
    { view, randomisedAt, ...data }: TrialData & { view?: TwinView; randomisedAt?: string },
  ): Promise<EndedRun | ReadyRun> {
    const { order, cohort } = part
    const model = findModel(order.model)
    const seen = { twin, revision: view?.revision ?? revision }
    const asked = requestOf(model, mappingOf(model.id), seen, order, decision.eventId, part.judgement)
    const { permit } = order
    const request = { ...asked, cohort, ...(permit !== undefined && { permit }), ...lockedTo(data) }
    const selected = view && asOfBaseline(chosen(part, view, request), view, request.parameters.day, randomisedAt)
    const end = !decision.authorised
      ? refusedFor(decision.codes)
      : withdrawn
        ? REFUSED_AS_WITHDRAWN
        : refusalOf(part, view, selected)
    const known: KnownRun = { run, subject, trial: order.trial, state: simulationDecider.initial, revision: -1 }
    const context = { ...purposeful(part), causation: decision.eventId }
    try {
      const begun = await this.runs.recordOn(known, context, [beginningOf(request, order), ...(end ? [end] : [])])
      if (end) return { run, status: begun.state.status as EndedRun['status'] }
      return { known: begun, request, selected: selected!, context }
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
      // Another process works on the same part and was faster.
      return this.resume(part, run, await this.runs.existing(run), { optedOut: false, controller })
    }
  }

  /** A run that was begun before. Consent is looked at again: time has passed since it was asked. */
  private async resume(
    part: Part,
    run: string,
    { state, subject, trial, events }: RecordedRun,
    { optedOut, controller }: Pick<Member, 'optedOut' | 'controller'>,
  ): Promise<EndedRun | ReadyRun> {
    if (state.status !== 'requested') return { run, status: state.status! }
    const request = state.request!
    const context = { ...purposeful(part), causation: request.authorisation }
    const known: KnownRun = { run, subject, trial, state, revision: events.length - 1 }
    const covered = await this.queries.execute(new FindCoverage(subject, cohortUse(part), claimOf(part, controller)))
    if (optedOut || isOptedOut(covered)) {
      // It had begun, so it has to end; whoever asked is not told why.
      await this.runs.recordOn(known, context, [{ type: 'cancel', by: 'cohort' }])
      return { run, status: 'cancelled' }
    }
    if (!covered.covered) {
      await this.runs.recordOn(known, context, [refusedFor(covered.codes)])
      return { run, status: 'refused' }
    }
    if ((await this.withdrawn(part, [{ subject }])).has(subject)) {
      await this.runs.recordOn(known, context, [REFUSED_AS_WITHDRAWN])
      return { run, status: 'refused' }
    }
    const view = await this.queries.execute(
      new GetTwin(context, request.twin, 'full', { revision: request.twinRevision }),
    )
    return { known, request, selected: chosen(part, view, request), context }
  }
}

const cohortUse = ({ cohort, order }: Part): Use => ({ ...useOf(order, mappingOf(order.model)), cohort })

/** What the uses of a cohort rest on where it is run under a data permit: asked for by whoever asked for the cohort. */
const claimOf = ({ order: { permit }, context }: Part, controller: string): PermitClaim | undefined =>
  permit === undefined ? undefined : { permit, user: context.actor.org, holders: [controller] }

const isOptedOut = (answer: UseDecision | Coverage): boolean => 'codes' in answer && answer.codes.includes('opted-out')

const purposeful = ({ context, order }: Part) => ({ ...context, purpose: order.purpose })

function chosen({ order }: Pick<Part, 'order'>, view: TwinView, { model, parameters }: RunRequest): SelectedInputs {
  return selectInputs(findModel(model), mappingOf(model), recordOf(view), parameters.day, order.parameters)
}

/** Why a run that consent permits cannot be computed; undefined when it can. */
function refusalOf(
  { judgement }: Pick<Part, 'judgement'>,
  view: TwinView | undefined,
  selected: SelectedInputs | undefined,
): RunEnd | undefined {
  if (!view || !selected) return { type: 'fail', code: 'twin-not-found' }
  if (view.status !== 'active') return { type: 'fail', code: 'twin-not-in-use' }
  const unfit = useRefusals(judgement)
  if (unfit.length > 0) return { type: 'refuse', refusal: { stage: 'model', codes: unfit } }
  const { reasons } = selected
  if (reasons.length > 0) return { type: 'refuse', refusal: { stage: 'inputs', reasons } }
  const outside = contextRefusals(judgement, selected.inputs)
  return outside.length > 0 ? { type: 'refuse', refusal: { stage: 'model', codes: outside } } : undefined
}

const REFUSED_AS_WITHDRAWN: RunEnd = {
  type: 'refuse',
  refusal: { stage: 'trial', codes: ['subject-withdrawn'] },
}

function refusedFor(codes: Extract<UseDecision, { authorised: false }>['codes']): RunEnd {
  return { type: 'refuse', refusal: { stage: 'consent', codes } }
}
