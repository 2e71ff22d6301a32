import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { PURPOSES, PURPOSE_CODES, type Purpose } from '../consents/codes.js'
import { permission } from '../identity/policy.js'
import { ROLES } from '../identity/roles.js'
import { Configuration } from '../platform/configuration.js'
import { softwareVersion } from '../platform/software-version.js'
import { ListPermits, type PermitView } from '../permits/queries/list-permits.js'
import { PrivacyClock } from '../privacy/clock.js'
import { GetSchedule, type Period } from '../retention/queries/get-schedule.js'
import { ListControllers } from '../twins/queries/list-controllers.js'
import { PROCESSING_REGISTER, requirePairs, type RegisteredPurpose } from './register.js'
import { securityMeasures, transfersOf } from './safeguards.js'

export interface ProcessingRecord extends Omit<RegisteredPurpose, 'actions'> {
  purpose: Purpose
  title: string
  /** Categories of recipients: roles to whom the policy opens what is done for the purpose. */
  recipients: string[]
}

/** GDPR Art 30(1), (a) to (g). */
export interface RecordsOfProcessing {
  generatedAt: string
  softwareVersion: string
  controllers: string[]
  activities: ProcessingRecord[]
  /** Data permits on record: what is done under one needs no consent. */
  permits: Pick<PermitView, 'permit' | 'identifier' | 'issuer' | 'user' | 'purposes' | 'until' | 'standing'>[]
  transfers: string[]
  retention: Period[]
  securityMeasures: string[]
}

/** The records of processing as code and configuration are now. */
export class GetRecordsOfProcessing extends Query<RecordsOfProcessing> {}

@QueryHandler(GetRecordsOfProcessing)
export class GetRecordsOfProcessingHandler implements IQueryHandler<GetRecordsOfProcessing> {
  constructor(
    private readonly queries: QueryBus,
    private readonly configuration: Configuration,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws IntegrityError `processing-basis-missing` */
  async execute(): Promise<RecordsOfProcessing> {
    requirePairs(PROCESSING_REGISTER)
    const [controllers, permits, retention] = await Promise.all([
      this.queries.execute(new ListControllers()),
      this.queries.execute(new ListPermits()),
      this.queries.execute(new GetSchedule()),
    ])
    return {
      generatedAt: this.clock.now().toISOString(),
      softwareVersion: softwareVersion(),
      controllers,
      activities: PURPOSE_CODES.map(recordOf),
      permits: permits.map(({ permit, identifier, issuer, user, purposes, until, standing }) => ({
        permit,
        identifier,
        issuer,
        user,
        purposes,
        until,
        standing,
      })),
      transfers: transfersOf(this.configuration),
      retention,
      securityMeasures: securityMeasures(this.configuration),
    }
  }
}

function recordOf(purpose: Purpose): ProcessingRecord {
  const { actions, ...registered } = PROCESSING_REGISTER[purpose]
  const recipients = ROLES.filter((role) => actions.some((action) => permission(role, action) !== 'deny'))
  return { purpose, title: PURPOSES[purpose], ...registered, recipients: [...recipients] }
}
