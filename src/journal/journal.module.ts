/** The ledger as the rooms use it: store, vault, journal and read models, opened from the configuration and closed in order. */
import { join } from 'node:path'
import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type Provider,
  type Type,
} from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import type { Pool } from 'pg'
import { Gauge, Registry } from 'prom-client'
import { Configuration } from '../platform/configuration.js'
import { keysFolder, resolveLogOrigin } from '../platform/data-folder.js'
import { createPool } from '../platform/database/pool.js'
import { HealthRegistry } from '../platform/health/health-registry.js'
import { JsonLogger } from '../platform/logging/logger.js'
import { Shutdown } from '../platform/shutdown.js'
import type { EventStore } from '../ledger/event-store.js'
import { KurrentEventStore } from '../ledger/kurrent/kurrent-event-store.js'
import type { NoteSigner } from '../ledger/log/note-key.js'
import { deletePayloads } from '../ledger/postgres/delete-payloads.js'
import { DerivedSecrets } from '../vault/derived-secrets.js'
import { IdentifierIndex } from '../vault/identifier-index.js'
import type { KeyEncryption } from '../vault/key-encryption.js'
import { openKeyEncryption } from '../vault/kms/open-key-encryption.js'
import { TombstoneFile } from '../vault/tombstone-file.js'
import { Tombstones } from '../vault/tombstones.js'
import { Vault } from '../vault/vault.js'
import type { Projection } from '../projections/projection.js'
import { ProjectionEngine } from '../projections/projection-engine.js'
import { AccessRecorder } from './access-recorder.js'
import { CiphertextDeletion, type SealedPositions } from './ciphertext-deletion.js'
import { ClockBehind } from './clock-behind.js'
import { DestructionWatch } from './destruction-watch.js'
import { EventCatalogue } from './event-catalogue.js'
import type { EventType } from './event-type.js'
import { Journal } from './journal.js'
import { EVENT_STORE, KEY_ENCRYPTION, LOG_SIGNER, SERVICE_POOL } from './journal.tokens.js'
import { KeyDestruction } from './key-destruction.js'
import { InspectionSearchesInterceptor } from './inspection-searches.interceptor.js'
import { LedgerPositionInterceptor } from './ledger-position.interceptor.js'
import { openLogSigner } from './log-signer.js'
import { openEventStore } from './open-event-store.js'
import { projectedEvents } from './projected-events.js'
import { SubjectTraces } from './subject-traces.js'

/** Enough for every read model, a rebuild and the requests of a busy moment; the writer's connection is its own. */
const MOST_CONNECTIONS = 16

export interface JournalModuleOptions {
  /** The service role's connection URL. */
  serviceUrl: string
  /** The event types of all rooms. */
  eventTypes: readonly (readonly EventType[])[]
  projections: readonly Type<Projection>[]
  /** Where ciphertext about these persons under these keys lies, as far as a read model knows. */
  sealedPositions(pool: Pool, subjects: readonly string[], kids: readonly string[]): Promise<SealedPositions>
}

@Module({})
export class JournalModule implements OnApplicationBootstrap {
  constructor(
    private readonly projections: ProjectionEngine,
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
    private readonly vault: Vault,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  static register(options: JournalModuleOptions): DynamicModule {
    const { serviceUrl, eventTypes, projections, sealedPositions } = options
    const providers: Provider[] = [
      {
        provide: SERVICE_POOL,
        inject: [Shutdown, JsonLogger],
        useFactory: (shutdown: Shutdown, log: JsonLogger) => {
          const pool = createPool(serviceUrl, { max: MOST_CONNECTIONS, log })
          shutdown.onPhase('close-stores', 'database connections', () => pool.end())
          return pool
        },
      },
      {
        provide: LOG_SIGNER,
        inject: [Configuration],
        useFactory: (configuration: Configuration) =>
          openLogSigner(
            configuration.logSigningKeyFile ?? join(keysFolder(configuration), 'log-signing-key'),
            resolveLogOrigin(configuration),
          ),
      },
      ClockBehind,
      {
        provide: EVENT_STORE,
        inject: [SERVICE_POOL, LOG_SIGNER, Configuration, Shutdown, JsonLogger, ClockBehind],
        useFactory: async (
          pool: Pool,
          signer: NoteSigner,
          configuration: Configuration,
          shutdown: Shutdown,
          log: JsonLogger,
          clockBehind: ClockBehind,
        ) => {
          const onClockBehind = (byMs: number) => clockBehind.report(byMs)
          const store = await openEventStore({
            pool,
            writerUrl: serviceUrl,
            signer,
            configuration,
            log,
            onClockBehind,
          })
          shutdown.onPhase('drain', 'appends', () => store.close())
          return store
        },
      },
      {
        provide: KEY_ENCRYPTION,
        inject: [Configuration],
        useFactory: (configuration: Configuration) => openKeyEncryption(configuration),
      },
      {
        provide: Vault,
        inject: [SERVICE_POOL, KEY_ENCRYPTION],
        useFactory: async (pool: Pool, keyEncryption: KeyEncryption) => {
          const vault = new Vault(pool, keyEncryption)
          await vault.assertKeysOpen()
          return vault
        },
      },
      {
        provide: DerivedSecrets,
        inject: [Configuration],
        useFactory: (configuration: Configuration) =>
          DerivedSecrets.open(
            configuration.derivationSecretFile ?? join(keysFolder(configuration), 'derivation-secret'),
          ),
      },
      {
        provide: IdentifierIndex,
        inject: [SERVICE_POOL, DerivedSecrets],
        useFactory: async (pool: Pool, secrets: DerivedSecrets) => {
          const index = new IdentifierIndex(pool, secrets)
          await index.assertSameSecret()
          return index
        },
      },
      { provide: EventCatalogue, useValue: new EventCatalogue(eventTypes) },
      {
        provide: Journal,
        inject: [EVENT_STORE, Vault, DerivedSecrets, EventCatalogue],
        useFactory: (store: EventStore, vault: Vault, secrets: DerivedSecrets, catalogue: EventCatalogue) =>
          new Journal(store, vault, secrets, catalogue),
      },
      {
        provide: KeyDestruction,
        inject: [SERVICE_POOL, EVENT_STORE, Vault, EventCatalogue, Journal, Configuration],
        useFactory: (
          pool: Pool,
          store: EventStore,
          vault: Vault,
          catalogue: EventCatalogue,
          journal: Journal,
          { tombstoneFile }: Configuration,
        ) =>
          new KeyDestruction({
            store,
            vault,
            tombstones: new Tombstones(pool),
            file: tombstoneFile === undefined ? undefined : new TombstoneFile(tombstoneFile),
            catalogue,
            journal,
            ciphertexts: new CiphertextDeletion(
              store,
              (subjects, kids) => sealedPositions(pool, subjects, kids),
              (destruction, positions) => deletePayloads(pool, destruction, positions),
            ),
          }),
      },
      DestructionWatch,
      AccessRecorder,
      SubjectTraces,
      ...projections,
      {
        provide: ProjectionEngine,
        inject: [SERVICE_POOL, EVENT_STORE, EventCatalogue, JsonLogger, Shutdown, ...projections],
        useFactory: (
          pool: Pool,
          store: EventStore,
          catalogue: EventCatalogue,
          log: JsonLogger,
          shutdown: Shutdown,
          ...readModels: Projection[]
        ) => {
          const decode = async (events: Parameters<typeof projectedEvents>[1]) => projectedEvents(catalogue, events)
          const engine = new ProjectionEngine(readModels, { pool, store, decode, log })
          shutdown.onPhase('drain', 'projections', () => engine.stop())
          return engine
        },
      },
      { provide: APP_INTERCEPTOR, useClass: LedgerPositionInterceptor },
      { provide: APP_INTERCEPTOR, useClass: InspectionSearchesInterceptor },
    ]
    return {
      module: JournalModule,
      global: true,
      providers,
      exports: [
        SERVICE_POOL,
        LOG_SIGNER,
        EVENT_STORE,
        ClockBehind,
        KEY_ENCRYPTION,
        Vault,
        DerivedSecrets,
        IdentifierIndex,
        EventCatalogue,
        Journal,
        KeyDestruction,
        AccessRecorder,
        SubjectTraces,
        ProjectionEngine,
      ],
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.store instanceof KurrentEventStore) {
      const cluster = this.store
      this.health.register('event-cluster', async () => {
        const { size, contradiction } = await cluster.clusterState()
        return { ok: contradiction === null, detail: contradiction ?? `${size} events` }
      })
    }
    this.health.register('key-management', async () => {
      await this.vault.keyEncryptionKeys.assertCurrentOpens()
      return { ok: true }
    })
    await this.projections.start()
    const { projections } = this
    for (const { name } of await projections.status())
      this.health.register(`projection-${name}`, async () => {
        const { status, lag, errorCode } = (await projections.status()).find((projection) => projection.name === name)!
        return { ok: status === 'running', detail: errorCode ?? `${lag} behind` }
      })
    new Gauge({
      name: 'projection_lag_events',
      help: 'Events recorded and not yet in the read model.',
      labelNames: ['projection'],
      registers: [this.metrics],
      async collect() {
        // Without the database the other metrics are wanted all the more.
        const states = await projections.status().catch(() => [])
        this.reset()
        for (const { name, lag } of states) this.set({ projection: name }, lag)
      },
    })
  }
}
