import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import { Shutdown } from '../platform/shutdown.js'
import { SOURCES_STREAM, type SourceEvent } from './events.js'
import { isTaken, sources, type Source, type SourcesState } from './sources.js'

/** The register of this moment, in memory; what another process records holds here within a fraction of a second. */
@Injectable()
export class LiveSources implements OnApplicationBootstrap {
  private known: SourcesState = sources.initial
  private readonly stopped = new AbortController()

  constructor(
    @Inject(Journal) private readonly journal: Journal,
    @Inject(Shutdown) private readonly shutdown: Shutdown,
  ) {}

  isTaken(source: string): boolean {
    return isTaken(this.known, source)
  }

  list(): Source[] {
    return [...this.known.values()]
  }

  async onApplicationBootstrap(): Promise<void> {
    const { size } = await this.journal.store.head()
    await this.refresh()
    const following = this.follow(size)
    this.shutdown.onPhase('drain', 'sources', () => {
      this.stopped.abort()
      return following
    })
  }

  async refresh(): Promise<void> {
    this.known = (await this.journal.load<SourcesState, SourceEvent>(sources, SOURCES_STREAM)).state
  }

  private async follow(from: number): Promise<void> {
    for await (const events of this.journal.store.subscribe({ from, payloads: false, signal: this.stopped.signal }))
      if (events.some(({ header }) => header.stream === SOURCES_STREAM)) await this.refresh()
  }
}
