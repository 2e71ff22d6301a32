import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { UnblindedAt } from '../../../randomisation/queries/unblinded-at.js'
import { statusOf, type DesignOutcome, type DesignStatus } from '../design.js'
import { DesignReader } from '../design-reader.js'

export interface DesignView {
  design: string
  status: DesignStatus
  /** What was asked and what came of it: outputs, reasons of a refusal, or the code of a failure. */
  outcome: DesignOutcome['data']
  /** Who stated the parameters. */
  actor: { id: string; role: string; org?: string }
  recordedAt: string
  /** Whether the arms of the trial it is for were open when it was computed: what it says was not fixed before. */
  afterUnblinding: boolean
  /** Comparisons, oldest first. */
  replays: { recordedAt: string; actor: string; data: object | null }[]
  /** Of the last event. */
  position: number
}

/** A design with its parameters and outputs. */
export class GetDesign extends Query<DesignView> {
  constructor(readonly design: string) {
    super()
  }
}

@QueryHandler(GetDesign)
export class GetDesignHandler implements IQueryHandler<GetDesign> {
  constructor(
    private readonly reader: DesignReader,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `design-not-found` */
  async execute({ design }: GetDesign): Promise<DesignView> {
    const { outcome, events } = await this.reader.existing(design)
    const [first, ...replays] = events
    const { actor, recordedAt, trial } = first!.header
    const unblinded = trial === undefined ? null : await this.queries.execute(new UnblindedAt(trial))
    return {
      design,
      status: statusOf(outcome),
      outcome: outcome.data,
      actor,
      recordedAt,
      afterUnblinding: unblinded !== null && first!.position > unblinded,
      replays: replays.map(({ header, data }) => ({
        recordedAt: header.recordedAt,
        actor: header.actor.id,
        data,
      })),
      position: events.at(-1)!.position,
    }
  }
}
