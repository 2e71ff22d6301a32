import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Resource } from '../../identity/decide-access.js'
import { ListTwins } from '../../twins/queries/list-twins.js'
import { ConsentReader } from '../consent-reader.js'
import { coverUse } from '../coverage.js'
import type { Use } from '../scope.js'

/**
 * What the policy asks about a person's record: where it is held, by whom, whether one of the caller's trials was put to the
 * person, and whether consent covers the use. Hand it to `PolicyService.require`.
 */
export class FindSubjectResource extends Query<Resource> {
  constructor(
    readonly subject: string,
    readonly about: {
      /** Of the caller. */
      trials?: readonly string[]
      use: Use
    },
  ) {
    super()
  }
}

/** A consent to a trial opens nothing to those who do not work on it. */
const worksOn = (trials: readonly string[], { trial }: Use): boolean => trial === undefined || trials.includes(trial)

/** More twins than this of one person would be a fault; they are merged. */
const MOST_TWINS = 100

@QueryHandler(FindSubjectResource)
export class FindSubjectResourceHandler implements IQueryHandler<FindSubjectResource> {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: ConsentReader,
  ) {}

  async execute({ subject, about: { trials = [], use } }: FindSubjectResource): Promise<Resource> {
    const { twins } = await this.queries.execute(new ListTwins({ scope: { subject } }, MOST_TWINS))
    const { state } = await this.reader.state(subject)
    const asked = new Set([...state.consents.values()].flatMap(({ scope }) => scope.trials ?? []))
    return {
      subject,
      site: [...new Set(twins.flatMap(({ owner, controller }) => [owner, controller]))],
      org: twins[0]?.controller,
      trial: trials.find((trial) => asked.has(trial)),
      consented: worksOn(trials, use) && coverUse(state, use, new Date().toISOString()).covered,
    }
  }
}
