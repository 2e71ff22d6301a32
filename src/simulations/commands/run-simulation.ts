import { randomUUID } from 'node:crypto'
import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { AuthoriseUse, type Use, type UseDecision, type UseRefusalCode } from '../../consents/commands/authorise-use.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import type { UseJudgement } from '../../models/registry/judge-use.js'
import { findModel } from '../../models/registry/find-model.js'
import { Conflict, Forbidden, Unprocessable } from '../../platform/errors.js'
import { BaselinesOf } from '../../randomisation/queries/baselines-of.js'
import { DataOfTrial, mustHold } from '../../randomisation/queries/data-of-trial.js'
import { FindTwin } from '../../twins/queries/find-twin.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import type { RunRequest } from '../events.js'
import { ModelRunner } from '../execution/model-runner.js'
import { RunsUnderWay } from '../execution/runs-under-way.js'
import { asOfBaseline } from '../inputs/baseline.js'
import { mappingOf } from '../inputs/mappings.js'
import { selectInputs, type SelectedInputs } from '../inputs/select-inputs.js'
import { requireDeclared } from '../inputs/select-parameter.js'
import { recordOf } from '../inputs/twin-record.js'
import { beginningOf, computationOf, endOf, lockedTo, requestOf, useOf, type RunOrder } from '../run-order.js'
import { RunWriter, type RecordedRun, type RunOwner } from '../run-writer.js'
import type { RunStatus, SimulationCommand } from '../simulation.js'
import { contextRefusals, judgeOrder, useRefusals } from '../use-gate.js'

export interface RunAnswer {
  run: string
  status: RunStatus
  /** Of the last event. */
  position: number
  /** True when the same Idempotency-Key had brought this run before. */
  replayed: boolean
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
  request: RunRequest
  judgement: UseJudgement
}

@CommandHandler(RunSimulation)
export class RunSimulationHandler implements ICommandHandler<RunSimulation> {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly runs: RunWriter,
    private readonly runner: ModelRunner,
    private readonly underWay: RunsUnderWay,
  ) {}

  /**
   * @throws Forbidden `consent-missing`: recorded on the consent stream and as a refused run, which the error names
   * @throws Unprocessable `model-use-refused`: recorded; the model is not approved for what was asked, with the reasons
   * @throws Unprocessable `inputs-refused`: recorded; every input in the way is named with its code
   * @throws NotFound `model-not-found`, `twin-not-found`; Unprocessable `model-not-mapped`; Conflict `twin-not-in-use`, `after-data-lock`
   * @throws Unprocessable `run-failed`: recorded, with its code; Conflict `run-cancelled`: recorded by whoever cancelled it
   * @throws InvalidRequest `parameter-not-declared`: before anything is recorded
   */
  async execute({ context, order }: RunSimulation): Promise<RunAnswer> {
    const run = this.newRunId(context)
    const earlier = await this.runs.find(run)
    if (earlier) return answerAgain(run, earlier, order)
    const model = findModel(order.model)
    const mapping = mappingOf(model.id)
    requireDeclared(model, mapping, order.parameters ?? {})
    const data = await this.queries.execute(new DataOfTrial(order.trial))
    // Nothing of the person is opened before consent and registry have nothing against it: who is refused is no recipient.
    const twin = await this.queries.execute(new FindTwin(order.twin, { revision: order.twinRevision, ...data }))
    mustHold(data, order.twinRevision, twin.revision)
    if (twin.status !== 'active')
      throw new Conflict('twin-not-in-use', 'This twin is not in use.', { status: twin.status })
    const judgement = await judgeOrder(this.queries, order)
    const decision = await this.authorise(context, twin.subject, useOf(order, mapping), run)
    const running: Running = {
      run,
      context: { ...context, purpose: order.purpose, causation: decision.eventId },
      subject: twin.subject,
      trial: order.trial,
      request: { ...requestOf(model, mapping, twin, order, decision.eventId, judgement), ...lockedTo(data) },
      judgement,
    }
    await this.record(running, beginningOf(running.request, order))
    if (!decision.authorised) return this.refuseForConsent(running, decision.codes)
    await this.refuseFor(running, useRefusals(judgement))
    const view = await this.queries.execute(
      new GetTwin({ ...context, purpose: order.purpose }, order.twin, 'full', { revision: twin.revision, ...data }),
    )
    const { day } = running.request.parameters
    const baselines = await this.queries.execute(new BaselinesOf(order.trial, model.id, [twin.subject]))
    const chosen = selectInputs(model, mapping, recordOf(view), day, order.parameters)
    const selected = asOfBaseline(chosen, view, day, baselines.get(twin.subject))
    if (selected.reasons.length > 0) return this.refuseInputs(running, selected)
    await this.refuseFor(running, contextRefusals(judgement, selected.inputs))
    return this.compute(running, selected)
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

  /** Goes on when the registry has nothing against the use. */
  private async refuseFor(running: Running, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return
    await this.record(running, { type: 'refuse', refusal: { stage: 'model', codes } })
    const { run } = running
    throw new Unprocessable('model-use-refused', 'The model may not be used for this; the refusal is on record.', {
      run,
      codes,
    })
  }

  private async refuseInputs(running: Running, { reasons }: Pick<SelectedInputs, 'reasons'>): Promise<never> {
    await this.record(running, { type: 'refuse', refusal: { stage: 'inputs', reasons } })
    const { run } = running
    throw new Unprocessable('inputs-refused', 'The twin does not have what the model needs.', { run, reasons })
  }

  private async compute(running: Running, selected: SelectedInputs): Promise<RunAnswer> {
    const { request, run, trial } = running
    const computation = computationOf(request, selected)
    const reply = await this.underWay.during(run, (signal) => this.runner.run(computation, signal))
    if (reply.status === 'cancelled')
      throw new Conflict('run-cancelled', 'The run was cancelled before it came to an end.', { run })
    if (reply.status === 'refused') return this.refuseInputs(running, reply)
    const { events } = await this.record(running, endOf(reply, selected, { trial }))
    if (reply.status === 'failed')
      throw new Unprocessable('run-failed', 'The run failed; the failure is on record.', { run, reason: reply.code })
    return { run, status: 'completed', position: events.at(-1)!.position, replayed: false }
  }

  private record({ context, run, subject, trial }: Running, command: SimulationCommand) {
    return this.runs.record(context, run, { subject, trial }, command)
  }
}

/** @throws Unprocessable `idempotency-key-reused`: the run that the key brought was another one */
function answerAgain(run: string, { state, trial, events }: RecordedRun, order: RunOrder): RunAnswer {
  const { model, twin, purpose, use, parameters } = state.request!
  const isSameUse =
    model === order.model &&
    twin === order.twin &&
    purpose === order.purpose &&
    trial === order.trial &&
    use.asked === (order.use ?? 'exploratory')
  // Erased parameters cannot be compared, only that there were some of these names.
  const stated = Object.keys(order.parameters ?? {}).sort()
  const areSameNames = canonicalJson(parameters.stated ?? []) === canonicalJson(stated)
  const areSame = state.parameters === null || canonicalJson(state.parameters) === canonicalJson(order.parameters ?? {})
  if (!isSameUse || !areSameNames || !areSame) {
    throw new Unprocessable('idempotency-key-reused', 'This Idempotency-Key was used before, for another run.')
  }
  return { run, status: state.status!, position: events.at(-1)!.position, replayed: true }
}
