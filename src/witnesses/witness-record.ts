/** Puts on record what begins and what ends between the log and its witnesses, and tells whoever watches the service. */
import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import { asService } from '../journal/service-actor.js'
import { SecurityAlerts } from '../platform/security-alerts.js'
import { WITNESS_STREAM, type WitnessEvent } from './events.js'
import { decide, witnessingDecider, type WitnessingCommand } from './witnessing.js'

@Injectable()
export class WitnessRecord {
  constructor(
    private readonly journal: Journal,
    private readonly alerts: SecurityAlerts,
  ) {}

  /**
   * Records what the command leads to, most often nothing. Nothing is remembered from one to the next: meanwhile another process
   * may have had the lease.
   */
  async note(command: WitnessingCommand): Promise<void> {
    const { state } = await this.journal.load(witnessingDecider, WITNESS_STREAM)
    const expected = decide(state, command)
    if (expected.length === 0) return
    const stream = WITNESS_STREAM
    const { events } = await this.journal.execute(asService(), { stream, decider: witnessingDecider, command })
    // Whoever recorded it first tells of it.
    if (events.length > 0) for (const event of expected) this.alert(event)
  }

  private alert({ type, data }: WitnessEvent): void {
    if (type === 'witness.checkpoint-contradicted') this.alerts.raise('checkpoint-contradicted', { ...data })
    if (type === 'witness.quorum-missed') this.alerts.raise('witness-quorum-missed', { ...data })
  }
}
