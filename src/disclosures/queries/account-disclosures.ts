import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import { PrivacyClock } from '../../privacy/clock.js'
import { ListTwins } from '../../twins/queries/list-twins.js'
import { accountOf, permitsOfReadings, type AccountedDisclosure } from '../accounting.js'
import { DisclosureJournal } from '../disclosure-journal.js'
import { inForce, type KnownSuspension } from '../suspension.js'

/** More twins than this of one person would be a fault; they are merged. */
const MOST_TWINS = 100

export interface Accounting {
  subject: string
  disclosures: AccountedDisclosure[]
  /** For the person, those that are over; for the office, all. */
  suspensions: KnownSuspension[]
}

/** The accounting of six years (45 CFR 164.528): as the person receives it, or whole for the compliance office. */
export class AccountDisclosures extends Query<Accounting> {
  constructor(
    readonly subject: string,
    readonly reader: 'person' | 'office',
  ) {
    super()
  }
}

@QueryHandler(AccountDisclosures)
export class AccountDisclosuresHandler implements IQueryHandler<AccountDisclosures> {
  constructor(
    private readonly journal: Journal,
    private readonly disclosures: DisclosureJournal,
    private readonly queries: QueryBus,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ subject, reader }: AccountDisclosures): Promise<Accounting> {
    const now = this.clock.now()
    const [readings, uses, outside, recipients, suspensions, { twins }] = await Promise.all([
      this.journal.readCoded(`access-${subject}`),
      this.journal.readCoded(`consent-${subject}`),
      this.disclosures.outside(subject),
      this.disclosures.recipients(),
      this.disclosures.suspensions(subject),
      this.queries.execute(new ListTwins({ scope: { subject } }, MOST_TWINS)),
    ])
    const active = inForce(suspensions, now.toISOString())
    const hidden = reader === 'person' ? active.map(({ agency }) => agency) : []
    const permits = permitsOfReadings(uses)
    const own = new Set(twins.map(({ controller }) => controller))
    return {
      subject,
      disclosures: accountOf({ readings, outside, own, suspended: new Set(hidden), recipients, permits, now }),
      suspensions: reader === 'office' ? [...suspensions] : suspensions.filter((each) => !active.includes(each)),
    }
  }
}
