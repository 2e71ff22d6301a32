import 'reflect-metadata'
import { resolve } from 'node:path'
import { inspect } from 'node:util'
import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import { Environment, type KeyManagement, type LogLevel } from './environment.js'
import { ConfigurationError } from './errors.js'
import { SETTINGS } from './settings.js'

/** How access tokens of an outside issuer are verified. */
export interface OidcConfiguration {
  issuer: string
  audience: string
  algorithms: readonly string[]
  clockToleranceSeconds: number
  /** Path of the claim that lists roles; dots reach into objects. */
  roleClaim: string
  /** How browsers sign in there; undefined: the console is closed. */
  console: ConsoleClient | undefined
}

/** The console as a public client of the issuer (RFC 6749 §2.1). */
export interface ConsoleClient {
  clientId: string
  /** Scopes, separated by spaces. */
  scope: string
  /** RFC 8707 resource indicator of the API, for issuers that want one. */
  resource: string | undefined
}

/** Somebody who acts before anybody could have granted anything. */
export interface Founder {
  role: 'administrator' | 'compliance' | 'qa'
  sub: string
}

/** The transit key that wraps the keys of subjects, and how to get at it. */
export interface VaultTransitConfiguration {
  address: string
  mount: string
  key: string
  namespace: string | undefined
  token: string | undefined
  tokenFile: string | undefined
}

/** What must be shown before a signature is made (21 CFR 11.200(a)(1)). */
export interface SigningConfiguration {
  /** `acr` values that stand for all components; empty: nobody can sign. */
  allComponents: readonly string[]
  /** Those that suffice within a continuous session. */
  oneComponent: readonly string[]
  maxAgeSeconds: number
  idleSeconds: number
}

/** What the embedded issuer of evaluation mode can vouch for. */
export const EVALUATION_ACR = {
  allComponents: 'urn:twin-ledger:acr:all-components',
  oneComponent: 'urn:twin-ledger:acr:one-component',
} as const

const BYTES = { b: 1, kb: 1024, mb: 1024 * 1024 }

/** What the operator decided, checked and immutable. Printing it shows no secret. */
export class Configuration {
  /** Private, so that nothing that prints a configuration prints it. */
  readonly #settings: ReadonlyMap<string, string | null>
  /** Which of several instances on one database this is. */
  readonly instance: string
  readonly port: number
  readonly host: string
  readonly publicUrl: string
  /** Absolute path. */
  readonly dataDirectory: string
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly databaseOwnerUrl: string | undefined
  readonly eventStoreUrl: string | undefined
  /** MaxAppendSize of the cluster. */
  readonly eventStoreMaxAppendBytes: number
  /** True when nobody named an identity provider: demo accounts, loopback only. */
  readonly evaluation: boolean
  /** Fill an empty evaluation ledger with generated patients. */
  readonly demo: boolean
  readonly modelVectors: string | undefined
  /** Parts of cohorts that this process works on at once; 0 leaves them to others. */
  readonly cohortSlots: number
  /** After so long without a sign of life, a part of a cohort is taken from the process that works on it. */
  readonly cohortLeaseSeconds: number
  readonly logLevel: LogLevel
  /** Name of the transparency log as given; `resolveLogOrigin` completes it. */
  readonly logOrigin: string | undefined
  readonly logSigningKeyFile: string | undefined
  /** Who cosigns checkpoints (undefined: nobody), how often they are asked, and when too few of them are an alarm. */
  readonly witnesses: { policyFile: string | undefined; intervalSeconds: number; alarmSeconds: number }
  /** What wraps the keys of subjects from now on. */
  readonly keyManagement: KeyManagement
  readonly keyEncryptionKeyFile: string | undefined
  readonly vaultTransit: VaultTransitConfiguration | undefined
  readonly awsKmsKeyId: string | undefined
  /** Undefined: destructions are remembered in the log and in the vault alone. */
  readonly tombstoneFile: string | undefined
  readonly derivationSecretFile: string | undefined
  readonly actorSecretFile: string | undefined
  readonly exportSigningKeyFile: string | undefined
  readonly signatureKeysFile: string | undefined
  readonly signing: SigningConfiguration
  /** Undefined in evaluation mode. */
  readonly oidc: OidcConfiguration | undefined
  /** The first people of an empty roster: a role, and the `sub` of their tokens. */
  readonly founders: readonly Founder[]
  readonly requestBodyLimitBytes: number
  /** For bodies that are neither FHIR nor a mesh. */
  readonly commandBodyLimitBytes: number
  readonly requestTimeoutSeconds: number
  /** Differences of clocks, in milliseconds, above which there is an alarm. */
  readonly clockAlarm: { behindLogMs: number; databaseMs: number }
  /** Of one verified caller, and of one address without a valid token; 0: no limit. */
  readonly requestsPerMinute: { caller: number; address: number }
  /** Addresses, networks or names that Express knows, in the form of its `trust proxy`. */
  readonly trustedProxies: readonly string[]

  constructor(environment: Environment) {
    const e = environment
    this.#settings = new Map(SETTINGS.map(({ name }) => [name, text(e[name as keyof Environment])]))
    this.instance = e.INSTANCE_NAME
    this.evaluation = e.OIDC_ISSUER === undefined
    this.port = e.PORT
    this.host = e.HOST ?? (this.evaluation ? '127.0.0.1' : '0.0.0.0')
    this.publicUrl = (e.PUBLIC_URL ?? `http://${this.host}:${this.port}`).replace(/\/+$/, '')
    this.dataDirectory = resolve(e.TWIN_LEDGER_DATA)
    this.databaseUrl = e.DATABASE_URL
    this.databaseOwnerUrl = e.DATABASE_OWNER_URL
    this.eventStoreUrl = e.EVENTSTORE_URL
    this.eventStoreMaxAppendBytes = e.EVENTSTORE_MAX_APPEND_BYTES
    this.demo = this.evaluation && e.TWIN_LEDGER_DEMO === 'on'
    this.modelVectors = e.MODEL_VECTORS
    this.cohortSlots = e.COHORT_SLOTS
    this.cohortLeaseSeconds = e.COHORT_LEASE_SECONDS
    this.logLevel = e.LOG_LEVEL
    this.logOrigin = e.LOG_ORIGIN
    this.logSigningKeyFile = e.LOG_SIGNING_KEY_FILE
    this.witnesses = Object.freeze({
      policyFile: e.LOG_WITNESSES,
      intervalSeconds: e.LOG_WITNESS_INTERVAL_SECONDS,
      alarmSeconds: e.LOG_WITNESS_ALARM_SECONDS,
    })
    this.keyManagement = e.KEY_MANAGEMENT
    this.keyEncryptionKeyFile = e.KEY_ENCRYPTION_KEY_FILE
    this.vaultTransit = vaultTransit(e)
    this.awsKmsKeyId = e.AWS_KMS_KEY_ID
    this.tombstoneFile = e.TWIN_LEDGER_TOMBSTONES
    this.derivationSecretFile = e.DERIVATION_SECRET_FILE
    this.actorSecretFile = e.ACTOR_SECRET_FILE
    this.exportSigningKeyFile = e.EXPORT_SIGNING_KEY_FILE
    this.signatureKeysFile = e.SIGNATURE_KEYS_FILE
    this.signing = signingConfiguration(e, this.evaluation)
    this.oidc = oidcConfiguration(e)
    this.founders = Object.freeze(foundersOf(e.ROSTER_FOUNDERS))
    this.requestBodyLimitBytes = bytes(e.REQUEST_BODY_LIMIT)
    this.commandBodyLimitBytes = Math.min(bytes(e.COMMAND_BODY_LIMIT), this.requestBodyLimitBytes)
    this.requestTimeoutSeconds = e.REQUEST_TIMEOUT_SECONDS
    this.clockAlarm = Object.freeze({ behindLogMs: e.CLOCK_BEHIND_LOG_MS, databaseMs: e.CLOCK_DATABASE_DIFFERENCE_MS })
    this.requestsPerMinute = Object.freeze({ caller: e.RATE_LIMIT_PER_CALLER, address: e.RATE_LIMIT_PER_ADDRESS })
    this.trustedProxies = Object.freeze(e.TRUSTED_PROXIES ?? [])
    Object.freeze(this)
  }

  /** What every setting is set to or by default, as text; null where its default is not one value. Holds secrets. */
  settings(): ReadonlyMap<string, string | null> {
    return this.#settings
  }

  toJSON(): object {
    const hidden = (url: string | undefined) => (url === undefined ? undefined : '(set)')
    return {
      ...this,
      databaseUrl: hidden(this.databaseUrl),
      databaseOwnerUrl: hidden(this.databaseOwnerUrl),
      eventStoreUrl: hidden(this.eventStoreUrl),
      founders: this.founders.map(({ role }) => role),
      vaultTransit: this.vaultTransit && { ...this.vaultTransit, token: hidden(this.vaultTransit.token) },
    }
  }

  [inspect.custom](): object {
    return this.toJSON()
  }
}

/** A configuration, and what the operator should know although it works. */
export interface ConfigurationReading {
  configuration: Configuration
  warnings: string[]
}

/**
 * Reads and checks the environment. An empty variable counts as not set.
 * @throws ConfigurationError that names every wrong variable at once
 */
export function readConfiguration(variables: NodeJS.ProcessEnv = process.env): ConfigurationReading {
  const known = new Set(SETTINGS.map(({ name }) => name))
  const given = Object.entries(variables).filter(([name, value]) => known.has(name) && value?.trim())
  const environment = plainToInstance(Environment, Object.fromEntries(given), { exposeDefaultValues: true })
  const problems = validateSync(environment).map(({ property, constraints = {} }) => {
    const rule = Object.values(constraints)[0]
    return `${property} ${rule}${shown(property, variables[property])}.`
  })
  if (problems.length > 0) {
    throw new ConfigurationError(problems.join('\n'), { problems })
  }
  const configuration = new Configuration(environment)
  return { configuration, warnings: [...unknownVariables(variables, known), ...doubts(configuration, variables)] }
}

function shown(name: string, value: string | undefined): string {
  if (!value?.trim()) return ''
  return SETTINGS.find((setting) => setting.name === name)?.secret ? ' (its value is not shown)' : `, not "${value}"`
}

function unknownVariables(variables: NodeJS.ProcessEnv, known: ReadonlySet<string>): string[] {
  return Object.keys(variables)
    .filter((name) => /^TWIN_LEDGER_(?!TEST_)/.test(name) && !known.has(name))
    .map((name) => `${name} is not a setting of Twin Ledger; it is ignored.`)
}

function doubts({ evaluation, host }: Configuration, variables: NodeJS.ProcessEnv): string[] {
  if (!evaluation) return []
  const useless = Object.keys(variables).filter((name) => /^OIDC_/.test(name) && variables[name])
  const warnings = useless.map((name) => `${name} has no effect without OIDC_ISSUER.`)
  const local = ['127.0.0.1', 'localhost', '::1'].includes(host)
  return local ? warnings : [...warnings, 'HOST opens an evaluation ledger with demo accounts to the network.']
}

function text(value: Environment[keyof Environment]): string | null {
  return value === undefined ? null : String(value)
}

function vaultTransit(e: Environment): VaultTransitConfiguration | undefined {
  if (e.VAULT_TRANSIT_KEY === undefined) return undefined
  return {
    address: e.VAULT_ADDR!,
    mount: e.VAULT_TRANSIT_MOUNT,
    key: e.VAULT_TRANSIT_KEY,
    namespace: e.VAULT_NAMESPACE,
    token: e.VAULT_TOKEN,
    tokenFile: e.VAULT_TOKEN_FILE,
  }
}

function oidcConfiguration(e: Environment): OidcConfiguration | undefined {
  if (e.OIDC_ISSUER === undefined) return undefined
  return Object.freeze({
    issuer: e.OIDC_ISSUER,
    audience: e.OIDC_AUDIENCE!,
    algorithms: Object.freeze([...e.OIDC_ALGORITHMS]),
    clockToleranceSeconds: e.OIDC_CLOCK_TOLERANCE_SECONDS,
    roleClaim: e.OIDC_ROLE_CLAIM,
    console: consoleClient(e),
  })
}

function consoleClient(e: Environment): ConsoleClient | undefined {
  const { OIDC_CONSOLE_CLIENT_ID: clientId, OIDC_CONSOLE_SCOPE: scope, OIDC_CONSOLE_RESOURCE: resource } = e
  return clientId === undefined ? undefined : Object.freeze({ clientId, scope, resource })
}

/** Roles hold no colon, subjects may. */
function foundersOf(list: string | undefined): Founder[] {
  return (list?.split(',') ?? []).map((founder) => {
    const colon = founder.indexOf(':')
    return { role: founder.slice(0, colon) as Founder['role'], sub: founder.slice(colon + 1) }
  })
}

function signingConfiguration(e: Environment, evaluation: boolean): SigningConfiguration {
  const all = e.SIGNING_ACR ?? (evaluation ? [EVALUATION_ACR.allComponents] : [])
  const one = e.SIGNING_ACR_CONTINUED ?? (evaluation ? [EVALUATION_ACR.oneComponent] : [])
  return Object.freeze({
    allComponents: Object.freeze(all),
    oneComponent: Object.freeze(all.length === 0 ? [] : [...new Set([...one, ...all])]),
    maxAgeSeconds: e.SIGNING_MAX_AGE_SECONDS,
    idleSeconds: e.SIGNING_IDLE_SECONDS,
  })
}

function bytes(size: string): number {
  const [, number, unit] = /^(\d+)(b|kb|mb)$/.exec(size.toLowerCase())!
  return Number(number) * BYTES[unit as keyof typeof BYTES]
}
