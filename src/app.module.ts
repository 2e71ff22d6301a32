/** The composition of the house: which rooms there are, what they write and read, and what stands between them. */
import { join } from 'node:path'
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { Registry } from 'prom-client'
import { ApprovalSignaturesModule } from './approval-signatures.js'
import { AuditModule } from './audit/audit.module.js'
import { AuditProjection } from './audit/audit.projection.js'
import { REVIEW_EVENT_TYPES } from './audit/review/events.js'
import { ReviewModule } from './audit/review/review.module.js'
import { ReviewProjection } from './audit/review/review.projection.js'
import { AUDIT_EVENT_TYPES } from './audit/events.js'
import { EXPORT_SIGNING_KEY } from './audit/export/export-signer.js'
import { openExportSigningKey } from './audit/export/export-signing-key.js'
import { sealedPositions } from './audit/sealed-positions.js'
import type { Authentication } from './authentication.js'
import { AssessmentsModule } from './assessments/assessments.module.js'
import { ASSESSMENT_EVENT_TYPES } from './assessments/events.js'
import { BodyModule } from './body/body.module.js'
import { BODY_EVENT_TYPES } from './body/events.js'
import { BreachProjection } from './breaches/breach.projection.js'
import { BreachesModule } from './breaches/breaches.module.js'
import { BREACH_EVENT_TYPES } from './breaches/events.js'
import { ConsentProjection } from './consents/consent.projection.js'
import { ConsentsModule } from './consents/consents.module.js'
import { CONSENT_EVENT_TYPES } from './consents/events.js'
import { OptOutProjection } from './consents/opt-out.projection.js'
import { ConsentsAtMergeModule } from './consents-at-merge.js'
import { ConsoleSignInModule } from './console-sign-in.js'
import { CustodyModule } from './custody/custody.module.js'
import { CUSTODY_EVENT_TYPES } from './custody/events.js'
import { DataQueriesModule } from './data-queries/data-queries.module.js'
import { DataQueryProjection } from './data-queries/data-query.projection.js'
import { DATA_QUERY_EVENT_TYPES } from './data-queries/events.js'
import { DISCLOSURE_EVENT_TYPES } from './disclosures/events.js'
import { DisclosuresModule } from './disclosures/disclosures.module.js'
import { AdvanceProjection } from './frameworks/advances/advance.projection.js'
import { AdvancesModule } from './frameworks/advances/advances.module.js'
import { ADVANCE_EVENT_TYPES } from './frameworks/advances/events.js'
import { LEGAL_ENTRY_EVENT_TYPES } from './frameworks/register/events.js'
import { LegalEntryProjection } from './frameworks/register/legal-entry.projection.js'
import { LegalRegisterModule } from './frameworks/register/legal-register.module.js'
import { Housekeeping } from './housekeeping.js'
import { IdentityModule } from './identity/identity.module.js'
import { DEFAULT_CLAIM_NAMES } from './identity/read-caller.js'
import { PROJECTION_EVENT_TYPES } from './inspection/projection-events.js'
import { InspectionModule } from './inspection/inspection.module.js'
import { FhirModule } from './interop/fhir/fhir.module.js'
import type { FhirOptions } from './interop/fhir/fhir.options.js'
import { FhirRunsModule } from './interop/fhir/runs/fhir-runs.module.js'
import { ACCESS_EVENT_TYPES } from './journal/access-events.js'
import { AccessRecorder } from './journal/access-recorder.js'
import type { EventType } from './journal/event-type.js'
import { KEY_DESTRUCTION_EVENT_TYPES } from './journal/key-destruction-events.js'
import { JournalModule } from './journal/journal.module.js'
import { ledgerRefusalRecorder } from './journal/ledger-refusal-recorder.js'
import { MODEL_VERSION_EVENT_TYPES } from './models/registry/events.js'
import { ModelRegistryModule } from './models/registry/model-registry.module.js'
import { ModelVersionProjection } from './models/registry/model-version.projection.js'
import { ConsentNoticeProjection } from './notices/consent-notice.projection.js'
import { CONSENT_NOTICE_EVENT_TYPES } from './notices/events.js'
import { NoticesModule } from './notices/notices.module.js'
import { CLOCK_EVENT_TYPES } from './operations/clock/events.js'
import { CONFIGURATION_EVENT_TYPES } from './operations/configuration/events.js'
import { RESTORATION_EVENT_TYPES } from './operations/restorations/events.js'
import { OperationsModule } from './operations/operations.module.js'
import { PERMIT_EVENT_TYPES } from './permits/events.js'
import { PermitProjection } from './permits/permit.projection.js'
import { PermitsModule } from './permits/permits.module.js'
import { Configuration } from './platform/configuration.js'
import { keysFolder } from './platform/data-folder.js'
import { dataSourceOptions } from './platform/database/data-source.js'
import type { JsonLogger } from './platform/logging/logger.js'
import { PlatformModule } from './platform/platform.module.js'
import { currentCorrelation } from './platform/request-context.js'
import type { Shutdown } from './platform/shutdown.js'
import { softwareVersion } from './platform/software-version.js'
import { ConsultationProjection } from './privacy/consultations/consultation.projection.js'
import { CONSULTATION_EVENT_TYPES } from './privacy/consultations/events.js'
import { DecisionProjection } from './privacy/decisions/decision.projection.js'
import { DecisionsModule } from './privacy/decisions/decisions.module.js'
import { DECISION_EVENT_TYPES } from './privacy/decisions/events.js'
import { FORGETTING_EVENT_TYPES } from './privacy/forgetting/events.js'
import { PrivacyModule } from './privacy/privacy.module.js'
import { PrivacyProjection } from './privacy/privacy.projection.js'
import { REQUEST_EVENT_TYPES } from './privacy/requests/events.js'
import type { Projection } from './projections/projection.js'
import { ProcessingModule } from './processing/processing.module.js'
import { PseudonymsModule } from './pseudonyms/pseudonyms.module.js'
import { RANDOMISATION_EVENT_TYPES } from './randomisation/events.js'
import { RandomisationModule } from './randomisation/randomisation.module.js'
import { RandomisationProjection } from './randomisation/randomisation.projection.js'
import { RETENTION_EVENT_TYPES } from './retention/events.js'
import { RetentionModule } from './retention/retention.module.js'
import { RetentionProjection } from './retention/retention.projection.js'
import { ROSTER_EVENT_TYPES } from './roster/event-types.js'
import { LiveRoster } from './roster/live-roster.js'
import { RosterModule } from './roster/roster.module.js'
import { SIGNATURE_EVENT_TYPES } from './signatures/events.js'
import { SignatureProjection } from './signatures/signature.projection.js'
import { SignaturesModule } from './signatures/signatures.module.js'
import { CohortProjection } from './simulations/cohorts/cohort.projection.js'
import { DESIGN_EVENT_TYPES } from './simulations/designs/events.js'
import { DesignProjection } from './simulations/designs/design.projection.js'
import { DesignsModule } from './simulations/designs/designs.module.js'
import { CohortsModule } from './simulations/cohorts/cohorts.module.js'
import { COHORT_EVENT_TYPES } from './simulations/cohorts/events.js'
import { SIMULATION_EVENT_TYPES } from './simulations/events.js'
import { INPUT_MAPPINGS } from './simulations/inputs/mappings.js'
import { RunProjection } from './simulations/run.projection.js'
import { SimulationsModule } from './simulations/simulations.module.js'
import { SOURCE_EVENT_TYPES } from './sources/events.js'
import { SourcesModule } from './sources/sources.module.js'
import { TRIAL_EVENT_TYPES } from './trials/events.js'
import { TrialProjection } from './trials/trial.projection.js'
import { TrialsModule } from './trials/trials.module.js'
import { TwinScopeModule } from './twin-scope.js'
import { UntoldOrganisationsModule } from './untold-organisations.js'
import { TWIN_EVENT_TYPES } from './twins/events.js'
import { TwinProjection } from './twins/twin.projection.js'
import { TwinsModule } from './twins/twins.module.js'
import { DerivedSecrets } from './vault/derived-secrets.js'
import { WITNESS_EVENT_TYPES } from './witnesses/events.js'
import { WitnessFeedModule } from './witnesses/witness-feed.module.js'

/** Every type of event that this version writes or reads, by room. */
export const EVENT_TYPES: readonly (readonly EventType[])[] = [
  ACCESS_EVENT_TYPES,
  KEY_DESTRUCTION_EVENT_TYPES,
  CONFIGURATION_EVENT_TYPES,
  RESTORATION_EVENT_TYPES,
  CLOCK_EVENT_TYPES,
  CUSTODY_EVENT_TYPES,
  TWIN_EVENT_TYPES,
  CONSENT_NOTICE_EVENT_TYPES,
  CONSENT_EVENT_TYPES,
  PERMIT_EVENT_TYPES,
  ASSESSMENT_EVENT_TYPES,
  TRIAL_EVENT_TYPES,
  DATA_QUERY_EVENT_TYPES,
  RANDOMISATION_EVENT_TYPES,
  ROSTER_EVENT_TYPES,
  SOURCE_EVENT_TYPES,
  MODEL_VERSION_EVENT_TYPES,
  ADVANCE_EVENT_TYPES,
  LEGAL_ENTRY_EVENT_TYPES,
  SIMULATION_EVENT_TYPES,
  DESIGN_EVENT_TYPES,
  BODY_EVENT_TYPES,
  SIGNATURE_EVENT_TYPES,
  COHORT_EVENT_TYPES,
  AUDIT_EVENT_TYPES,
  REVIEW_EVENT_TYPES,
  PROJECTION_EVENT_TYPES,
  WITNESS_EVENT_TYPES,
  FORGETTING_EVENT_TYPES,
  REQUEST_EVENT_TYPES,
  CONSULTATION_EVENT_TYPES,
  RETENTION_EVENT_TYPES,
  BREACH_EVENT_TYPES,
  DECISION_EVENT_TYPES,
  DISCLOSURE_EVENT_TYPES,
]
const PROJECTIONS: readonly Type<Projection>[] = [
  TwinProjection,
  ConsentNoticeProjection,
  ConsentProjection,
  OptOutProjection,
  PermitProjection,
  TrialProjection,
  RandomisationProjection,
  DataQueryProjection,
  ModelVersionProjection,
  AdvanceProjection,
  LegalEntryProjection,
  RunProjection,
  SignatureProjection,
  CohortProjection,
  DesignProjection,
  AuditProjection,
  PrivacyProjection,
  ConsultationProjection,
  RetentionProjection,
  BreachProjection,
  DecisionProjection,
  ReviewProjection,
]

export interface AppOptions {
  configuration: Configuration
  logger: JsonLogger
  shutdown: Shutdown
  /** The service role's connection URL. */
  serviceUrl: string
  authentication: Authentication
  /** A process that runs cohorts: read models and sweeps are left to the service. */
  worksOnly?: boolean
}

/** The key of export manifests, where any room that exports finds it. */
@Global()
@Module({
  providers: [
    {
      provide: EXPORT_SIGNING_KEY,
      inject: [Configuration],
      useFactory: (configuration: Configuration) =>
        openExportSigningKey(
          configuration.exportSigningKeyFile ?? join(keysFolder(configuration), 'export-signing-key'),
        ),
    },
  ],
  exports: [EXPORT_SIGNING_KEY],
})
class ExportKeyModule {}

@Module({})
export class AppModule {
  static register({ worksOnly = false, ...options }: AppOptions): DynamicModule {
    const { configuration, logger, shutdown, serviceUrl, authentication } = options
    return {
      module: AppModule,
      imports: [
        PlatformModule.register({ configuration, logger, shutdown }),
        JournalModule.register({
          serviceUrl,
          eventTypes: EVENT_TYPES,
          projections: worksOnly ? [] : PROJECTIONS,
          sealedPositions,
        }),
        identity(authentication),
        ConsoleSignInModule.register(authentication.consoleSignIn),
        CqrsModule.forRoot(),
        TypeOrmModule.forRoot({ ...dataSourceOptions(serviceUrl), autoLoadEntities: true, retryAttempts: 0 }),
        PseudonymsModule,
        RosterModule,
        CustodyModule,
        SourcesModule,
        TwinScopeModule,
        UntoldOrganisationsModule,
        ConsentsAtMergeModule,
        TwinsModule,
        NoticesModule,
        ConsentsModule,
        PermitsModule,
        AssessmentsModule,
        TrialsModule,
        RandomisationModule,
        DataQueriesModule,
        ApprovalSignaturesModule,
        ModelRegistryModule.register(INPUT_MAPPINGS.map(({ model }) => model)),
        SimulationsModule,
        BodyModule,
        SignaturesModule.register({
          signing: configuration.signing,
          keysFile: configuration.signatureKeysFile ?? join(keysFolder(configuration), 'signature-keys'),
        }),
        CohortsModule,
        DesignsModule,
        ExportKeyModule,
        AuditModule,
        AdvancesModule,
        LegalRegisterModule,
        ReviewModule,
        InspectionModule,
        ...(worksOnly ? [] : [WitnessFeedModule]),
        OperationsModule.register({ watchesClock: !worksOnly }),
        PrivacyModule,
        RetentionModule,
        BreachesModule,
        DecisionsModule,
        DisclosuresModule,
        ProcessingModule,
        fhir(),
        FhirRunsModule,
      ],
      providers: worksOnly ? [] : [Housekeeping],
    }
  }
}

function identity({ verify, issuerUrl, actorSecret, roleClaim }: Authentication): DynamicModule {
  return IdentityModule.forRootAsync({
    inject: [AccessRecorder, Registry, LiveRoster],
    useFactory: (access: AccessRecorder, metrics: Registry, roster: LiveRoster) => ({
      verify,
      issuer: issuerUrl,
      actorSecret,
      ...(roleClaim !== undefined && { claimNames: { ...DEFAULT_CLAIM_NAMES, roles: roleClaim } }),
      revocations: roster,
      grants: roster,
      refusals: ledgerRefusalRecorder(() => access, metrics),
      correlationOf: () => currentCorrelation(),
    }),
  })
}

function fhir(): DynamicModule {
  return FhirModule.register({
    inject: [Configuration, DerivedSecrets],
    useFactory: (configuration: Configuration, secrets: DerivedSecrets): FhirOptions => ({
      maxBytes: configuration.requestBodyLimitBytes,
      defaultSource: 'unnamed-source',
      version: softwareVersion(),
      publicUrl: configuration.publicUrl,
      digest: (content) => secrets.digest('evidence', content).toString('base64url'),
    }),
  })
}
