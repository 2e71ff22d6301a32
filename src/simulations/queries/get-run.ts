import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { FindOptOut, type Use } from '../../consents/queries/find-opt-out.js'
import { isVeiled } from '../../identity/policy.js'
import type { Role } from '../../identity/roles.js'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import type { RunRequest, RunResult, SimulationEvent } from '../events.js'
import type { StatedParameters } from '../inputs/selection.js'
import { RunWriter } from '../run-writer.js'
import type { RunStatus } from '../simulation.js'

export interface RunView {
  run: string
  subject: string
  trial?: string
  status: RunStatus
  request: RunRequest | null
  /** What was stated by whoever ordered the run; null when nothing was, or when it was erased. */
  parameters: StatedParameters | null
  /** Null when the run has none, or when its values were erased. */
  result: RunResult | null
  /** Every step after the request, oldest first; values are in `result` only. */
  steps: RunStep[]
  /**
   * The person has opted out from secondary use since then, RFC 3339: the result was computed before and stays valid, and nothing
   * more of the kind is. Not said to those who use data for research, who are not told who opted out.
   */
  optedOutSince?: string
  /** Of the last event. */
  position: number
}

export interface RunStep {
  eventId: string
  type: SimulationEvent['type']
  recordedAt: string
  position: number
  actor: { id: string; role: string; org?: string }
  /** Codes of a refusal, a failure or a comparison. */
  data: object | null
}

/** A run with what went in and what came out. The reading is recorded before anything is shown. */
export class GetRun extends Query<RunView> {
  constructor(
    readonly context: CommandContext,
    readonly run: string,
  ) {
    super()
  }
}

const SHOWN_APART: readonly string[] = ['simulation.requested', 'simulation.parameters-stated', 'simulation.completed']

@QueryHandler(GetRun)
export class GetRunHandler implements IQueryHandler<GetRun> {
  constructor(
    private readonly runs: RunWriter,
    private readonly access: AccessRecorder,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `run-not-found` */
  async execute({ context, run }: GetRun): Promise<RunView> {
    const { state, subject, trial, events } = await this.runs.existing(run)
    const { status, request, parameters, result } = state
    if (result || parameters) {
      const count = Object.keys(parameters ?? {}).length + (result ? result.inputs.length + 1 : 0)
      await this.access.opened(context, { subject, trial, twin: request?.twin, run, what: ['run'], count })
    }
    const seen = events.filter(({ header }) => context.actor.role !== 'sponsor' || header.actor.role !== 'regulator')
    const steps = seen.map(({ type, header, position, data }): RunStep => ({
      eventId: header.id,
      type,
      recordedAt: header.recordedAt,
      position,
      actor: header.actor,
      data: SHOWN_APART.includes(type) ? null : data,
    }))
    const owner = { run, subject, ...(trial !== undefined && { trial }) }
    const shown = { ...owner, status: status!, request, parameters, result, steps, position: events.at(-1)!.position }
    return { ...shown, ...(isVeiled(context.actor.role as Role) ? {} : await this.optOutOf(subject, request, trial)) }
  }

  /** Of a run that an opt-out would stop today. */
  private async optOutOf(
    subject: string,
    request: RunRequest | null,
    trial?: string,
  ): Promise<Pick<RunView, 'optedOutSince'>> {
    if (!request) return {}
    const use = { purpose: request.purpose as Use['purpose'], trial, cohort: request.cohort }
    const optOut = await this.queries.execute(new FindOptOut(subject, use))
    return optOut ? { optedOutSince: optOut.since } : {}
  }
}
