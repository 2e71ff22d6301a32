import { randomUUID } from 'node:crypto'
import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { AuthoriseUse, type Use, type UseDecision, type UseRefusalCode } from '../../consents/commands/authorise-use.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { AnyModel } from '../../models/model.js'
import { findModel } from '../../models/registry/find-model.js'
import { modelDigests } from '../../models/registry/model-digests.js'
import { runtime } from '../../models/registry/runtime.js'
import { Conflict, Forbidden, Unprocessable } from '../../platform/errors.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import type { RunRequest } from '../events.js'
import { ModelRunner } from '../execution/model-runner.js'
import { categoriesOf } from '../inputs/mapping.js'
import { mappingOf } from '../inputs/mappings.js'
import { modelInput, selectInputs, type SelectedInputs } from '../inputs/select-inputs.js'
import { recordOf, type TwinView } from '../inputs/twin-record.js'
import { outputDigestOf } from '../outputs.js'
import { RunWriter, type RecordedRun, type RunOwner } from '../run-writer.js'
import type { RunStatus, SimulationCommand } from '../simulation.js'

export interface RunAnswer {
  run: string
  status: RunStatus
  /** Of the last event. */
  position: number
  /** True when the same Idempotency-Key had brought this run before. */
  replayed: boolean
}

export interface RunOrder {
  twin: string
  /** Default: the twin as it stands. */
  twinRevision?: number
  model: string
  purpose: Use['purpose']
  trial?: string
  commercial?: boolean
  disease?: string
  /** `YYYY-MM-DD`, default today (UTC). */
  day?: string
}

/** Runs a model on a twin: authorised by the person's consent, computed apart, recorded whatever comes of it. */
export class RunSimulation extends Command<RunAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly order: RunOrder,
  ) {
    super()
  }
}

interface Running extends RunOwner {
  run: string
  context: CommandContext
  model: AnyModel
  request: RunRequest
}

@CommandHandler(RunSimulation)
export class RunSimulationHandler implements ICommandHandler<RunSimulation> {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly runs: RunWriter,
    private readonly runner: ModelRunner,
  ) {}

  /**
   * @throws Forbidden `consent-missing`: recorded on the consent stream and as a refused run, which the error names
   * @throws Unprocessable `inputs-refused`: recorded; every input in the way is named with its code
   * @throws NotFound `model-not-found`, `twin-not-found`; Unprocessable `model-not-mapped`; Conflict `twin-not-in-use`
   * @throws Unprocessable `run-failed`: recorded, with its code
   */
  async execute({ context, order }: RunSimulation): Promise<RunAnswer> {
    const run = this.newRunId(context)
    const earlier = await this.runs.find(run)
    if (earlier) return answerAgain(run, earlier, order)
    const model = findModel(order.model)
    const mapping = mappingOf(model.id)
    const twin = await this.queries.execute(
      new GetTwin({ ...context, purpose: order.purpose }, order.twin, 'full', { revision: order.twinRevision }),
    )
    if (twin.status !== 'active')
      throw new Conflict('twin-not-in-use', 'This twin is not in use.', { status: twin.status })
    const use: Use = { ...useOf(order), model: model.id, dataCategories: categoriesOf(mapping) }
    const decision = await this.authorise(context, twin.subject, use, run)
    const running: Running = {
      run,
      context: { ...context, purpose: order.purpose, causation: decision.eventId },
      subject: twin.subject,
      trial: order.trial,
      model,
      request: requestOf(model, mapping.version, twin, order, decision.eventId),
    }
    await this.record(running, { type: 'request', request: running.request })
    if (!decision.authorised) return this.refuseForConsent(running, decision.codes)
    const selected = selectInputs(model, mapping, recordOf(twin), running.request.parameters.day)
    return selected.reasons.length > 0 ? this.refuseInputs(running, selected) : this.compute(running, selected)
  }

  private newRunId({ idempotencyKey, actor }: CommandContext): string {
    return idempotencyKey === undefined ? randomUUID() : this.journal.deriveEventId('run', actor.id, idempotencyKey)
  }

  private authorise(context: CommandContext, subject: string, use: Use, reference: string): Promise<UseDecision> {
    const { idempotencyKey: _key, ...once } = context
    return this.commands.execute(new AuthoriseUse(once, { subject, use, reference }))
  }

  private async refuseForConsent(running: Running, codes: readonly UseRefusalCode[]): Promise<never> {
    await this.record(running, { type: 'refuse', refusal: { stage: 'consent', codes } })
    const { run } = running
    throw new Forbidden('consent-missing', 'No consent in force covers this run; the refusal is on record.', {
      run,
      codes,
    })
  }

  private async refuseInputs(running: Running, { reasons }: Pick<SelectedInputs, 'reasons'>): Promise<never> {
    await this.record(running, { type: 'refuse', refusal: { stage: 'inputs', reasons } })
    const { run } = running
    throw new Unprocessable('inputs-refused', 'The twin does not have what the model needs.', { run, reasons })
  }

  private async compute(running: Running, { inputs, excluded }: SelectedInputs): Promise<RunAnswer> {
    const { model, request, run, trial } = running
    const { version, coefficientDigest } = request
    const reply = await this.runner.run({ model: model.id, version, coefficientDigest, input: modelInput(inputs) })
    if (reply.status === 'refused') return this.refuseInputs(running, reply)
    if (reply.status === 'failed') {
      await this.record(running, { type: 'fail', code: reply.code })
      throw new Unprocessable('run-failed', 'The run failed; the failure is on record.', { run, reason: reply.code })
    }
    const outputDigest = outputDigestOf(reply.outputs)
    const result = { ...(trial !== undefined && { trial }), inputs, excluded, outputs: reply.outputs, outputDigest }
    const { events } = await this.record(running, { type: 'complete', result })
    return { run, status: 'completed', position: events.at(-1)!.position, replayed: false }
  }

  private record({ context, run, subject, trial }: Running, command: SimulationCommand) {
    return this.runs.record(context, run, { subject, trial }, command)
  }
}

/** @throws Unprocessable `idempotency-key-reused`: the run that the key brought was another one */
function answerAgain(run: string, { state, trial, events }: RecordedRun, order: RunOrder): RunAnswer {
  const { model, twin, purpose } = state.request!
  if (model !== order.model || twin !== order.twin || purpose !== order.purpose || trial !== order.trial) {
    throw new Unprocessable('idempotency-key-reused', 'This Idempotency-Key was used before, for another run.')
  }
  return { run, status: state.status!, position: events.at(-1)!.position, replayed: true }
}

function useOf({ purpose, trial, commercial, disease }: RunOrder): Use {
  return {
    purpose,
    ...(trial !== undefined && { trial }),
    ...(commercial !== undefined && { commercial }),
    ...(disease !== undefined && { disease }),
  }
}

function requestOf(
  model: AnyModel,
  mapping: string,
  { twin, revision }: TwinView,
  { purpose, day }: RunOrder,
  authorisation: string,
): RunRequest {
  const { code, coefficients } = modelDigests(model)
  return {
    model: model.id,
    version: model.version,
    codeDigest: code,
    coefficientDigest: coefficients,
    mapping,
    twin,
    twinRevision: revision,
    purpose,
    authorisation,
    parameters: { day: day ?? new Date().toISOString().slice(0, 10) },
    seed: null,
    runtime: runtime(),
  }
}
