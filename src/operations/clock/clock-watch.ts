import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { Pool } from 'pg'
import { Gauge, Registry } from 'prom-client'
import { ClockBehind } from '../../journal/clock-behind.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { EVENT_STORE, SERVICE_POOL } from '../../journal/journal.tokens.js'
import { asService } from '../../journal/service-actor.js'
import type { EventStore } from '../../ledger/event-store.js'
import { Configuration } from '../../platform/configuration.js'
import { HealthRegistry } from '../../platform/health/health-registry.js'
import { JsonLogger } from '../../platform/logging/logger.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { certainDifference, driftDecider, type DriftState } from './drift.js'
import { CLOCK_REFERENCES, type ClockReading, type ClockReference } from './events.js'
import { readAgainstDatabase, readAgainstLog } from './read-clock.js'

/** Watches the clock of this instance: on record once when it goes wrong and once when it is right again. */
@Injectable()
export class ClockWatch implements OnApplicationBootstrap {
  /** Undefined until the stream was read. */
  private open: DriftState | undefined
  private readonly largest = new Map<ClockReference, number>()
  private readonly latest = new Map<ClockReference, ClockReading>()
  private measuring: Promise<void> | undefined

  constructor(
    private readonly journal: Journal,
    private readonly configuration: Configuration,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    private readonly behind: ClockBehind,
    private readonly alerts: SecurityAlerts,
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
    private readonly log: JsonLogger,
  ) {}

  onApplicationBootstrap(): void {
    const { behindLogMs } = this.configuration.clockAlarm
    this.behind.listen((byMs) => {
      if (byMs <= behindLogMs || this.measuring || this.open?.log !== undefined) return
      this.measure(asService()).catch((error: unknown) => this.log.warn('The clock could not be measured.', { error }))
    })
    // A wrong clock is no reason to refuse requests: the order of the log does not rest on it.
    this.health.register('clock', async () => ({ ok: true, detail: this.detail() }))
    this.exposeMetrics()
  }

  /** The last reading against each reference. */
  readings(): ClockReading[] {
    return [...this.latest.values()]
  }

  /** The stream of this instance's episodes. */
  get stream(): string {
    return `clock-${this.journal.deriveEventId('clock', this.configuration.instance)}`
  }

  /** Measures and records what began or ended, one at a time. */
  measure(context: CommandContext): Promise<void> {
    this.measuring ??= this.measureNow(context).finally(() => (this.measuring = undefined))
    return this.measuring
  }

  private async measureNow(context: CommandContext): Promise<void> {
    const { behindLogMs, databaseMs } = this.configuration.clockAlarm
    const readings = [await readAgainstLog(this.store, behindLogMs), await readAgainstDatabase(this.pool, databaseMs)]
    for (const reading of readings) await this.note(context, reading)
  }

  private async note(context: CommandContext, reading: ClockReading): Promise<void> {
    const { against, differenceMs, limitMs } = reading
    this.latest.set(against, reading)
    this.open ??= (await this.journal.load(driftDecider, this.stream)).state
    const isOpen = this.open[against] !== undefined
    if (!isOpen && certainDifference(reading) <= limitMs) return
    this.largest.set(against, Math.max(this.largest.get(against) ?? 0, Math.abs(differenceMs)))
    const { instance } = this.configuration
    const command = { type: 'note', instance, reading, largestMs: this.largest.get(against)! } as const
    const { events } = await this.journal.execute(context, { stream: this.stream, decider: driftDecider, command })
    if (events.length === 0) return
    this.open = (await this.journal.load(driftDecider, this.stream)).state
    if (this.open[against] === undefined) this.largest.delete(against)
    else this.alerts.raise('clock-drift', { against, differenceMs, limitMs })
  }

  private detail(): string {
    const words = this.readings().map(({ against, differenceMs }) => `${differenceMs} ms against the ${against}`)
    return words.length === 0 ? 'not measured yet' : words.join(', ')
  }

  private exposeMetrics(): void {
    const { latest } = this
    const openNow = () => this.open ?? {}
    new Gauge({
      name: 'clock_difference_seconds',
      help: 'Server clock minus the reference as last measured; against the log, how far it is behind or 0.',
      labelNames: ['against'],
      registers: [this.metrics],
      collect() {
        for (const { against, differenceMs } of latest.values()) this.set({ against }, differenceMs / 1000)
      },
    })
    new Gauge({
      name: 'clock_drift_open',
      help: '1 while the clock differs from the reference by more than is allowed.',
      labelNames: ['against'],
      registers: [this.metrics],
      collect() {
        for (const against of CLOCK_REFERENCES) this.set({ against }, openNow()[against] === undefined ? 0 : 1)
      },
    })
  }
}
