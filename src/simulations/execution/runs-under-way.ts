import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Journal } from '../../journal/journal.js'
import { runStream } from '../simulation.js'

/** How often the log is asked whether a run that takes its time was cancelled, in this process or another. */
const LOOK_MS = 1_000

/** What the stream of a run holds while it is computed. */
const BEGINNING = ['simulation.requested', 'simulation.parameters-stated']

/** The runs that this process is computing, so that a cancellation recorded anywhere stops them. */
@Injectable()
export class RunsUnderWay implements OnApplicationShutdown {
  private readonly running = new Map<string, AbortController>()
  private looking: NodeJS.Timeout | undefined

  constructor(private readonly journal: Journal) {}

  /** Computes, with a signal that is given when the run is to stop: because its stream has ended, or somebody says so. */
  async during<Result>(run: string, compute: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const own = new AbortController()
    this.running.set(run, own)
    this.looking ??= setInterval(() => void this.look(), LOOK_MS).unref()
    try {
      return await compute(own.signal)
    } finally {
      this.running.delete(run)
    }
  }

  /** Stops the run if it is computed here. */
  cancel(run: string): void {
    this.running.get(run)?.abort()
  }

  onApplicationShutdown(): void {
    clearInterval(this.looking)
  }

  private async look(): Promise<void> {
    const runs = [...this.running.keys()]
    if (runs.length === 0) return
    // A look that fails is made up for by the next.
    const streams = await this.journal.store.readStreams(runs.map(runStream)).catch(() => null)
    for (const run of runs) {
      const hasEnded = streams?.get(runStream(run))?.some(({ header }) => !BEGINNING.includes(header.type))
      if (hasEnded) this.cancel(run)
    }
  }
}
