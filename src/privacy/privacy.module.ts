import { Inject, Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm'
import type { Pool } from 'pg'
import { Gauge, Registry } from 'prom-client'
import { IsNull, LessThan, Repository } from 'typeorm'
import { AuditModule } from '../audit/audit.module.js'
import { InspectionModule } from '../inspection/inspection.module.js'
import { SERVICE_POOL } from '../journal/journal.tokens.js'
import { SubjectTraces } from '../journal/subject-traces.js'
import { HealthRegistry } from '../platform/health/health-registry.js'
import { PrivacyClock } from './clock.js'
import { AnswerRequestHandler } from './commands/answer-request.js'
import { ConfirmErasureHandler } from './commands/confirm-erasure.js'
import { DecideHoldRequestHandler } from './commands/decide-hold-request.js'
import { DecideExpiryHandler } from './commands/decide-expiry.js'
import { DecideRequestHandler } from './commands/decide-request.js'
import { ExecuteErasureHandler } from './commands/execute-erasure.js'
import { ExtendRequestHandler } from './commands/extend-request.js'
import { FinishErasuresHandler } from './commands/finish-erasures.js'
import { IdentifyRequesterHandler } from './commands/identify-requester.js'
import { JudgeHoldHandler } from './commands/judge-hold.js'
import { JudgeLiftingHandler } from './commands/judge-lifting.js'
import { LiftHoldHandler } from './commands/lift-hold.js'
import { NoticeOverdueRequestsHandler } from './commands/notice-overdue-requests.js'
import { PlaceHoldHandler } from './commands/place-hold.js'
import { PrepareRequestHandler } from './commands/prepare-request.js'
import { ReceiveRequestHandler } from './commands/receive-request.js'
import { ReopenHeldRequestsHandler } from './commands/reopen-held-requests.js'
import { RequestHoldHandler } from './commands/request-hold.js'
import { StopWithdrawnErasuresHandler } from './commands/stop-withdrawn-erasures.js'
import { AnswerConsultationHandler } from './consultations/answer-consultation.js'
import { ConsultationRow } from './consultations/consultation.row.js'
import { ConsultationsController } from './consultations/consultations.controller.js'
import { ListConsultationsHandler } from './consultations/list-consultations.js'
import { SponsorConsultations } from './consultations/sponsor-consultations.js'
import { AccessPack } from './copies/access-pack.js'
import { PortableData } from './copies/portable-data.js'
import { SubjectRecords } from './copies/subject-records.js'
import { ErasuresController } from './erasures.controller.js'
import { ErasureProcess } from './forgetting/erasure-process.js'
import { ForgettingJournal } from './forgetting/forgetting-journal.js'
import { identifierIndexTraces } from './forgetting/identifier-index-traces.js'
import { RetentionGuard } from './forgetting/retention-guard.js'
import { HoldRequestAccess } from './hold-request-access.js'
import { HoldRequestsController } from './hold-requests.controller.js'
import { HoldsController } from './holds.controller.js'
import { PrivacyAccess } from './privacy-access.js'
import { ErasureRow, LegalHoldRow, PrivacyRequestRow, RecipientNoticeRow } from './privacy.rows.js'
import { GetCertificateHandler } from './queries/get-certificate.js'
import { GetRequestHandler } from './queries/get-request.js'
import { HoldsInForceHandler } from './queries/holds-in-force.js'
import { ListErasuresHandler } from './queries/list-erasures.js'
import { ListHoldRequestsHandler } from './queries/list-hold-requests.js'
import { ListHoldsHandler } from './queries/list-holds.js'
import { ListNoticesByTrialHandler } from './queries/list-notices-by-trial.js'
import { ListNoticesHandler } from './queries/list-notices.js'
import { ListRequestsHandler } from './queries/list-requests.js'
import { ConsentReceipts } from './receipts/consent-receipts.js'
import { GetConsentReceiptHandler } from './receipts/get-consent-receipt.js'
import { ReceiptsController } from './receipts/receipts.controller.js'
import { RequestJournal } from './requests/request-journal.js'
import { RequestsController } from './requests.controller.js'

const commands = [
  ReceiveRequestHandler,
  IdentifyRequesterHandler,
  ExtendRequestHandler,
  PrepareRequestHandler,
  DecideRequestHandler,
  DecideExpiryHandler,
  AnswerRequestHandler,
  NoticeOverdueRequestsHandler,
  ReopenHeldRequestsHandler,
  ConfirmErasureHandler,
  ExecuteErasureHandler,
  FinishErasuresHandler,
  StopWithdrawnErasuresHandler,
  RequestHoldHandler,
  DecideHoldRequestHandler,
  PlaceHoldHandler,
  JudgeHoldHandler,
  LiftHoldHandler,
  JudgeLiftingHandler,
  AnswerConsultationHandler,
]
const queries = [
  ListRequestsHandler,
  GetRequestHandler,
  ListErasuresHandler,
  GetCertificateHandler,
  ListHoldsHandler,
  ListHoldRequestsHandler,
  HoldsInForceHandler,
  ListNoticesByTrialHandler,
  ListNoticesHandler,
  ListConsultationsHandler,
  GetConsentReceiptHandler,
]

/**
 * Rights of persons over their data: requests against their clock, legal holds, forgetting and its certificate. Needs the journal
 * and the policy as global providers, and the other rooms' commands and queries on the same buses.
 */
@Module({
  imports: [
    CqrsModule,
    AuditModule,
    InspectionModule,
    TypeOrmModule.forFeature([PrivacyRequestRow, ErasureRow, LegalHoldRow, RecipientNoticeRow, ConsultationRow]),
  ],
  controllers: [
    RequestsController,
    ErasuresController,
    HoldsController,
    HoldRequestsController,
    ConsultationsController,
    ReceiptsController,
  ],
  providers: [
    PrivacyClock,
    RequestJournal,
    ForgettingJournal,
    ErasureProcess,
    RetentionGuard,
    SponsorConsultations,
    PrivacyAccess,
    HoldRequestAccess,
    SubjectRecords,
    AccessPack,
    PortableData,
    ConsentReceipts,
    ...commands,
    ...queries,
  ],
  exports: [PrivacyClock, PrivacyAccess],
})
export class PrivacyModule implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly traces: SubjectTraces,
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
    private readonly clock: PrivacyClock,
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    @InjectRepository(PrivacyRequestRow) private readonly requests: Repository<PrivacyRequestRow>,
    @InjectRepository(LegalHoldRow) private readonly holds: Repository<LegalHoldRow>,
  ) {}

  onModuleInit(): void {
    this.traces.register(identifierIndexTraces(this.pool))
  }

  /** A missed deadline is seen where operators look; it does not make the service unready. */
  onApplicationBootstrap(): void {
    const overdue = () => this.requests.countBy({ answeredAt: IsNull(), dueAt: LessThan(this.clock.now()) })
    this.health.register('privacy-requests', async () => ({ ok: true, detail: `${await overdue()} overdue` }))
    new Gauge({
      name: 'privacy_requests_overdue',
      help: 'Requests of persons that were not answered in time (GDPR Art 12(3)).',
      registers: [this.metrics],
      async collect() {
        this.set(await overdue().catch(() => Number.NaN))
      },
    })
    const askedFor = () => this.holds.countBy({ status: 'requested' })
    new Gauge({
      name: 'privacy_hold_requests_pending',
      help: 'Legal holds that were asked for and wait for a decision; each keeps an erasure from being carried out.',
      registers: [this.metrics],
      async collect() {
        this.set(await askedFor().catch(() => Number.NaN))
      },
    })
  }
}
