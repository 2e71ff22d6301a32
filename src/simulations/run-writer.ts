import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal, type Receipt } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import { metadataOf } from '../journal/recorded-event.js'
import { NotFound } from '../platform/errors.js'
import type { SimulationEvent } from './events.js'
import { runStream, simulationDecider, type SimulationCommand, type SimulationState } from './simulation.js'

/** A run as read: its state, whose it is, and its events. */
export interface RecordedRun {
  state: SimulationState
  subject: string
  trial?: string
  events: RecordedEvent<SimulationEvent>[]
}

/** Whose run it is. */
export interface RunOwner {
  subject: string
  trial?: string
}

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

  /** @throws NotFound `run-not-found` */
  async existing(run: string): Promise<RecordedRun> {
    const found = await this.find(run)
    if (!found) throw new NotFound('run-not-found', 'There is no such run.')
    return found
  }

  async find(run: string): Promise<RecordedRun | null> {
    const events = (await this.journal.read(runStream(run))) as RecordedEvent<SimulationEvent>[]
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
}
