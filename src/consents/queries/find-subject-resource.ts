import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Resource } from '../../identity/decide-access.js'
import { TrialsOf, type TrialOfSubject } from '../../trials/queries/trials-of.js'
import { ListTwins } from '../../twins/queries/list-twins.js'
import { ConsentReader } from '../consent-reader.js'
import { coverUse } from '../coverage.js'
import { knownClaim, type PermitClaim } from '../permit-claim.js'
import type { Use } from '../scope.js'

/**
 * What the caller wants something of. Each is in a trial of its own:
 * - `person`: what is held of the person at large; in any of the caller's trials that the person is enrolled in
 * - `use`: something to be done, in the trial that the caller names; it counts only if the person is enrolled in it
 * - `record`: something done earlier, in the trial it says; it counts also after the person left (CTR Art 28(3))
 *
 * A use or a record that says no trial is in none. What consents mention gives no trial: a person may have refused it.
 */
export type Concern = 'person' | 'use' | 'record'

export interface SubjectResource extends Resource {
  subject: string
  /** A trial that the caller and the person share in this. */
  trial: string | undefined
}

/**
 * What the policy asks about a person's record: where it is held, by whom, in which trial of the caller, and whether consent
 * covers the use. Hand it to `PolicyService.require`.
 */
export class FindSubjectResource extends Query<SubjectResource> {
  constructor(
    readonly subject: string,
    readonly about: {
      concern: Concern
      /** Of the caller. */
      trials?: readonly string[]
      use: Use
      /** The data permit that the use rests on; without, the person's consent. */
      claim?: Omit<PermitClaim, 'holders'>
    },
  ) {
    super()
  }
}

/** More twins than this of one person would be a fault; they are merged. */
const MOST_TWINS = 100

@QueryHandler(FindSubjectResource)
export class FindSubjectResourceHandler implements IQueryHandler<FindSubjectResource> {
  constructor(
    private readonly queries: QueryBus,
    private readonly reader: ConsentReader,
  ) {}

  async execute({ subject, about }: FindSubjectResource): Promise<SubjectResource> {
    const { twins } = await this.queries.execute(new ListTwins({ scope: { subject } }, MOST_TWINS))
    const { state } = await this.reader.state(subject)
    const trial = sharedTrial(about, await this.queries.execute(new TrialsOf(subject)))
    const { use } = about
    const holders = twins.map(({ controller }) => controller)
    const claim = about.claim && (await knownClaim(this.queries, { ...about.claim, holders }))
    // A consent to a trial opens nothing to those who do not work on it.
    const isTheirs = use.trial === undefined || use.trial === trial
    return {
      subject,
      site: [...new Set(twins.flatMap(({ owner, controller }) => [owner, controller]))],
      org: twins[0]?.controller,
      trial,
      purpose: use.purpose,
      consented: isTheirs && coverUse(state, use, new Date().toISOString(), claim).covered,
    }
  }
}

function sharedTrial(
  { concern, trials = [], use }: FindSubjectResource['about'],
  enrolments: readonly TrialOfSubject[],
): string | undefined {
  const isIn = (trial: string) =>
    enrolments.some((one) => one.trial === trial && (concern === 'record' || one.status === 'enrolled'))
  const asked = concern === 'person' ? trials : trials.filter((trial) => trial === use.trial)
  return asked.find(isIn)
}
