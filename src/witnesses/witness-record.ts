/** Puts on record what begins and what ends between the log and its witnesses, and tells whoever watches the service. */
import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import { asService } from '../journal/service-actor.js'
import { SecurityAlerts } from '../platform/security-alerts.js'
import { WITNESS_STREAM, type WitnessEvent } from './events.js'
import { decide, witnessingDecider, type WitnessingCommand, type WitnessingState } from './witnessing.js'

@Injectable()
export class WitnessRecord {
  /** Undefined until the stream was read. */
  private state: WitnessingState | undefined

  constructor(
    private readonly journal: Journal,
    private readonly alerts: SecurityAlerts,
  ) {}

  /** Records what the command leads to, most often nothing. */
  async note(command: WitnessingCommand): Promise<void> {
    const expected = decide(this.state ?? (await this.read()), command)
    if (expected.length === 0) return
    await this.journal.execute(asService(), { stream: WITNESS_STREAM, decider: witnessingDecider, command })
    await this.read()
    for (const event of expected) this.alert(event)
  }

  private async read(): Promise<WitnessingState> {
    this.state = (await this.journal.load(witnessingDecider, WITNESS_STREAM)).state
    return this.state
  }

  private alert({ type, data }: WitnessEvent): void {
    if (type === 'witness.checkpoint-contradicted') this.alerts.raise('checkpoint-contradicted', { ...data })
    if (type === 'witness.quorum-missed') this.alerts.raise('witness-quorum-missed', { ...data })
  }
}
