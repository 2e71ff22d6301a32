import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../../journal/journal.js'
import { ClockWatch } from '../clock-watch.js'
import type { ClockEvent, ClockReading, ClockReference } from '../events.js'

export interface ClockDrift {
  against: ClockReference
  /** The server's clock when it was found wrong, and when it was found right again; null while it is wrong. */
  from: string
  to: string | null
  /** As it began. */
  differenceMs: number
  /** The largest meanwhile, without its sign; null while it is wrong. */
  largestMs: number | null
}

export interface ClockReport {
  readings: ClockReading[]
  /** The newest first. */
  drifts: ClockDrift[]
}

/** How the clock of this instance stands, and each time that it was wrong. */
export class ReadClockDrifts extends Query<ClockReport> {}

@QueryHandler(ReadClockDrifts)
export class ReadClockDriftsHandler implements IQueryHandler<ReadClockDrifts> {
  constructor(
    private readonly journal: Journal,
    private readonly watch: ClockWatch,
  ) {}

  async execute(): Promise<ClockReport> {
    const recorded = await this.journal.read(this.watch.stream)
    const drifts: ClockDrift[] = []
    for (const { type, data } of recorded) {
      const event = { type, data } as ClockEvent
      const { against, measuredAt, differenceMs } = event.data
      if (event.type === 'clock.drift-began')
        drifts.unshift({ against, from: measuredAt, to: null, differenceMs, largestMs: null })
      else {
        const open = drifts.find((drift) => drift.against === against && drift.to === null)!
        Object.assign(open, { to: measuredAt, largestMs: event.data.largestMs })
      }
    }
    return { readings: this.watch.readings(), drifts }
  }
}
