import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import type { EventMetadata } from '../journal/decider.js'
import { Journal, type JournalEntry, type Receipt } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import { metadataOf } from '../journal/recorded-event.js'
import { NotFound } from '../platform/errors.js'
import { keyClassOf, type SimulationEvent } from './events.js'
import { runStream, simulationDecider, type SimulationCommand, type SimulationState } from './simulation.js'

type SimulationRecord = RecordedEvent<SimulationEvent>[]

/** A run as read: its state, whose it is, and its events. */
export interface RecordedRun {
  state: SimulationState
  subject: string
  trial?: string
  events: SimulationRecord
}

/** Whose run it is. */
export interface RunOwner {
  subject: string
  trial?: string
}

/** A run as its stream stood at a revision, -1 for one that nobody asked for yet. */
export interface KnownRun extends RunOwner {
  run: string
  state: SimulationState
  revision: number
}

/** `evolve` of a run depends on the events alone. */
const NOT_LOOKED_AT = {} as EventMetadata

/** Records and reads runs. What it returns is opened: showing it to somebody goes through AccessRecorder. */
@Injectable()
export class RunWriter {
  constructor(private readonly journal: Journal) {}

  /** Decides and records on the run's stream. Errors are those of `decide`. */
  record(context: CommandContext, run: string, owner: RunOwner, command: SimulationCommand): Promise<Receipt> {
    // The run's own id makes a request recognisable; a key would be taken for that of another stream.
    const { idempotencyKey: _key, ...once } = context
    return this.journal.execute(once, { ...owner, stream: runStream(run), decider: simulationDecider, command })
  }

  /**
   * Decides one command after the other on a run that is known as it stands, and records all of it or nothing.
   *
   * @returns the run as it stands then. @throws RevisionConflict somebody else was faster; errors of `decide`
   */
  async recordOn(known: KnownRun, context: CommandContext, commands: readonly SimulationCommand[]): Promise<KnownRun> {
    const { run, subject, trial } = known
    let { state, revision } = known
    const entries: JournalEntry<SimulationEvent>[] = []
    for (const command of commands)
      for (const event of simulationDecider.decide(state, command)) {
        state = simulationDecider.evolve(state, event, NOT_LOOKED_AT)
        entries.push({ event, subject, trial })
      }
    const expectedRevision = revision < 0 ? 'no-stream' : revision
    const { events } = await this.journal.append(context, [{ stream: runStream(run), expectedRevision, entries }])
    revision = events.at(-1)!.revision
    return { ...known, state, revision }
  }

  /** Before many results are recorded: the keys that seal them are read or made at once. */
  prepareResults(subjects: readonly string[], trial?: string): Promise<void> {
    return this.journal.prepareSealing(subjects, keyClassOf({ trial }))
  }

  /** Many runs at once; those that nobody asked for are left out. */
  async findMany(runs: readonly string[]): Promise<Map<string, RecordedRun>> {
    const streams = await this.journal.readMany(runs.map(runStream))
    const found = runs.map((run) => [run, folded(streams.get(runStream(run)) as SimulationRecord)] as const)
    return new Map(found.flatMap(([run, recorded]) => (recorded ? [[run, recorded]] : [])))
  }

  /** @throws NotFound `run-not-found` */
  async existing(run: string): Promise<RecordedRun> {
    const found = await this.find(run)
    if (!found) throw new NotFound('run-not-found', 'There is no such run.')
    return found
  }

  async find(run: string): Promise<RecordedRun | null> {
    return folded((await this.journal.read(runStream(run))) as SimulationRecord)
  }
}

function folded(events: SimulationRecord): RecordedRun | null {
  const first = events[0]
  if (!first) return null
  let state = simulationDecider.initial
  for (const event of events) {
    // An erased result still ended the run.
    if (event.data === null)
      state = { ...state, status: event.type === 'simulation.completed' ? 'completed' : state.status }
    else state = simulationDecider.evolve(state, event as SimulationEvent, metadataOf(event))
  }
  const { subject, trial } = first.header
  return { state, subject: subject!, ...(trial !== undefined && { trial }), events }
}
