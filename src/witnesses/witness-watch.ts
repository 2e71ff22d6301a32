/** How far each witness is behind, for /health/ready and /metrics. */
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { EVENT_STORE } from '../journal/journal.tokens.js'
import type { EventStore } from '../ledger/event-store.js'
import { HealthRegistry } from '../platform/health/health-registry.js'
import { CosignatureStore } from './cosignature-store.js'
import { CosignedCheckpoints } from './cosigned-checkpoints.js'
import { WitnessFeed } from './witness-feed.js'

interface WitnessState {
  /** In the policy. */
  name: string
  /** Events recorded that it has not cosigned. */
  behind: number
  /** When it last cosigned, POSIX seconds; null: never. */
  time: number | null
}

@Injectable()
export class WitnessWatch implements OnApplicationBootstrap {
  constructor(
    private readonly cosigned: CosignedCheckpoints,
    private readonly store: CosignatureStore,
    private readonly feed: WitnessFeed,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'head'>,
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
  ) {}

  onApplicationBootstrap(): void {
    // Witnesses that are away are no reason to refuse requests: what is recorded now is cosigned when they are back.
    this.health.register('witnesses', async () => ({ ok: true, detail: await this.detail() }))
    if (this.cosigned.policy) this.exposeMetrics()
  }

  private async states(): Promise<WitnessState[]> {
    const [kept, { size }] = await Promise.all([this.store.all(), this.log.head()])
    return (this.cosigned.policy?.witnesses ?? []).map(({ name, vkey }) => {
      const last = kept.find(({ witness }) => witness === vkey)
      return { name, behind: size - (last?.size ?? 0), time: last?.time ?? null }
    })
  }

  private async detail(): Promise<string> {
    if (!this.cosigned.policy) return 'none'
    const [states, newest] = await Promise.all([this.states(), this.cosigned.newest()])
    const outcomes = this.feed.outcomes()
    const words = states.map(({ name, behind }) => {
      const outcome = outcomes.get(name)
      return `${name} ${behind} behind${outcome === undefined || outcome === 'cosigned' ? '' : ` (${outcome})`}`
    })
    return [newest ? `enough cosigned ${newest.size} events` : 'not enough cosigned yet', ...words].join(', ')
  }

  private exposeMetrics(): void {
    const states = () => this.states().catch(() => [])
    const newest = () => this.cosigned.newest().catch(() => null)
    const registers = [this.metrics]
    new Gauge({
      name: 'log_witness_behind_events',
      help: 'Events recorded that the witness has not cosigned.',
      labelNames: ['witness'],
      registers,
      async collect() {
        this.reset()
        for (const { name, behind } of await states()) this.set({ witness: name }, behind)
      },
    })
    new Gauge({
      name: 'log_witness_cosigned_timestamp_seconds',
      help: 'When the witness last cosigned, by its clock; absent before the first time.',
      labelNames: ['witness'],
      registers,
      async collect() {
        this.reset()
        for (const { name, time } of await states()) if (time !== null) this.set({ witness: name }, time)
      },
    })
    new Gauge({
      name: 'log_witness_quorum_timestamp_seconds',
      help: 'Until when enough witnesses had cosigned the newest checkpoint; 0 before the first time.',
      registers,
      async collect() {
        this.set((await newest())?.time ?? 0)
      },
    })
    new Gauge({
      name: 'log_witness_quorum_size',
      help: 'Events that enough witnesses cosigned.',
      registers,
      async collect() {
        this.set((await newest())?.size ?? 0)
      },
    })
  }
}
