import { Transform, Type } from 'class-transformer'
import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  Min,
  registerDecorator,
  ValidateIf,
  type ValidationOptions,
} from 'class-validator'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Asymmetric algorithms only: with a shared secret, whoever verifies a token could also make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** Who holds the key-encryption key. */
const KEY_MANAGEMENT = ['file', 'vault-transit', 'aws-kms'] as const
export type KeyManagement = (typeof KEY_MANAGEMENT)[number]
const VAULT_PATH = /^[\w.-]+(\/[\w.-]+)*$/

const usesVault = ({ KEY_MANAGEMENT: kind, VAULT_TRANSIT_KEY: key }: Environment): boolean =>
  kind === 'vault-transit' || key !== undefined

const whole = (from: number, to: number) => ({ message: `must be a whole number from ${from} to ${to}` })

/** A URL with one of these schemes; plain HTTP only towards this machine when `secureUnlessLocal`. */
function IsUrlOf(schemes: readonly string[], options: ValidationOptions & { secureUnlessLocal?: boolean }) {
  return (target: object, propertyName: string) =>
    registerDecorator({
      name: 'isUrlOf',
      target: target.constructor,
      propertyName,
      options,
      validator: { validate: (value: unknown) => isUrlOf(String(value), schemes, options.secureUnlessLocal) },
    })
}

function isUrlOf(text: string, schemes: readonly string[], secureUnlessLocal = false): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  const insecure = secureUnlessLocal && protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  return hostname !== '' && schemes.includes(protocol.slice(0, -1)) && !insecure
}

const POSTGRES = { message: 'must be a URL such as postgres://user:password@host:5432/database' }

/** Goes between quotes into a challenge (RFC 9470 §3), where values are parted by spaces. */
const ACR = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/

/** The environment as text, with the rule of each variable. Messages follow the variable's name. */
export class Environment {
  @Matches(/^[a-z0-9][a-z0-9-]{0,40}$/, { message: 'must be lower-case letters, digits and hyphens' })
  INSTANCE_NAME: string = 'main'

  @Type(() => Number)
  @IsInt(whole(0, 65535))
  @Min(0, whole(0, 65535))
  @Max(65535, whole(0, 65535))
  PORT: number = 3000

  @IsOptional()
  @Matches(/^[A-Za-z0-9.:-]+$/, { message: 'must be a host name or an IP address' })
  HOST?: string

  @IsOptional()
  @IsUrlOf(['http', 'https'], { message: 'must be a URL such as https://ledger.example.org' })
  PUBLIC_URL?: string

  @IsNotEmpty()
  TWIN_LEDGER_DATA: string = '.twin-ledger'

  @IsIn(['on', 'off'], { message: 'must be on or off' })
  TWIN_LEDGER_DEMO: string = 'on'

  @ValidateIf(({ DATABASE_URL, DATABASE_OWNER_URL }: Environment) => Boolean(DATABASE_URL ?? DATABASE_OWNER_URL))
  @IsUrlOf(['postgres', 'postgresql'], POSTGRES)
  DATABASE_URL?: string

  @IsOptional()
  @IsUrlOf(['postgres', 'postgresql'], POSTGRES)
  DATABASE_OWNER_URL?: string

  @IsOptional()
  @IsUrlOf(['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'], {
    message: 'must be a URL such as esdb://host:2113?tls=true',
  })
  EVENTSTORE_URL?: string

  // KurrentDB takes no MaxAppendSize above 16 MiB.
  @Type(() => Number)
  @IsInt(whole(65_536, 16_777_216))
  @Min(65_536, whole(65_536, 16_777_216))
  @Max(16_777_216, whole(65_536, 16_777_216))
  EVENTSTORE_MAX_APPEND_BYTES: number = 1_048_576

  @IsOptional()
  @IsNotEmpty()
  MODEL_VECTORS?: string

  @Type(() => Number)
  @IsInt(whole(0, 16))
  @Min(0, whole(0, 16))
  @Max(16, whole(0, 16))
  /** While one waits for the database another computes: on two cores three are faster than two by a tenth (bench/README.md). */
  COHORT_SLOTS: number = 3

  @Type(() => Number)
  @IsInt(whole(2, 3600))
  @Min(2, whole(2, 3600))
  @Max(3600, whole(2, 3600))
  COHORT_LEASE_SECONDS: number = 30

  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL: LogLevel = 'info'

  // C2SP tlog-checkpoint and signed-note: schema-less URL, no space, no plus, no trailing slash.
  @ValidateIf(({ LOG_ORIGIN, OIDC_ISSUER }: Environment) => Boolean(LOG_ORIGIN ?? OIDC_ISSUER))
  @Matches(/^(?!\w+:\/\/)[^\s+]*[^\s+/]$/u, {
    message: 'must be a name such as ledger.example.org/twins: no scheme, space, plus or trailing slash',
  })
  LOG_ORIGIN?: string

  @IsOptional()
  @IsNotEmpty()
  LOG_SIGNING_KEY_FILE?: string

  @IsOptional()
  @IsNotEmpty()
  LOG_WITNESSES?: string

  @Type(() => Number)
  @IsInt(whole(1, 3600))
  @Min(1, whole(1, 3600))
  @Max(3600, whole(1, 3600))
  LOG_WITNESS_INTERVAL_SECONDS: number = 10

  @Type(() => Number)
  @IsInt(whole(60, 604_800))
  @Min(60, whole(60, 604_800))
  @Max(604_800, whole(60, 604_800))
  LOG_WITNESS_ALARM_SECONDS: number = 3600

  @IsIn(KEY_MANAGEMENT, { message: `must be one of ${KEY_MANAGEMENT.join(', ')}` })
  KEY_MANAGEMENT: KeyManagement = 'file'

  @IsOptional()
  @IsNotEmpty()
  KEY_ENCRYPTION_KEY_FILE?: string

  @ValidateIf(usesVault)
  @IsUrlOf(['http', 'https'], { secureUnlessLocal: true, message: 'must be an https URL, with VAULT_TRANSIT_KEY' })
  VAULT_ADDR?: string

  @ValidateIf((environment: Environment) => usesVault(environment) && environment.VAULT_TOKEN_FILE === undefined)
  @IsNotEmpty({ message: 'or VAULT_TOKEN_FILE must be set' })
  VAULT_TOKEN?: string

  @IsOptional()
  @IsNotEmpty()
  VAULT_TOKEN_FILE?: string

  @IsOptional()
  @Matches(/^[\w./-]+$/, { message: 'must be the path of a namespace' })
  VAULT_NAMESPACE?: string

  @Matches(VAULT_PATH, { message: 'must be a path such as transit' })
  VAULT_TRANSIT_MOUNT: string = 'transit'

  @ValidateIf(usesVault)
  @Matches(/^[\w.-]+$/, { message: 'must be the name of a key' })
  VAULT_TRANSIT_KEY?: string

  @ValidateIf(({ AWS_KMS_KEY_ID, KEY_MANAGEMENT }: Environment) =>
    Boolean(AWS_KMS_KEY_ID ?? KEY_MANAGEMENT === 'aws-kms'),
  )
  @Matches(/^[\w:/-]+$/, { message: 'must be the id, ARN or alias of a key' })
  AWS_KMS_KEY_ID?: string

  @IsOptional()
  @IsNotEmpty()
  TWIN_LEDGER_TOMBSTONES?: string

  @IsOptional()
  @IsNotEmpty()
  DERIVATION_SECRET_FILE?: string

  @IsOptional()
  @IsNotEmpty()
  ACTOR_SECRET_FILE?: string

  @IsOptional()
  @IsNotEmpty()
  EXPORT_SIGNING_KEY_FILE?: string

  @IsOptional()
  @IsNotEmpty()
  SIGNATURE_KEYS_FILE?: string

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @IsOptional()
  @Matches(ACR, { each: true, message: 'must be a list of acr values' })
  SIGNING_ACR?: string[]

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @IsOptional()
  @Matches(ACR, { each: true, message: 'must be a list of acr values' })
  SIGNING_ACR_CONTINUED?: string[]

  @Type(() => Number)
  @IsInt(whole(30, 900))
  @Min(30, whole(30, 900))
  @Max(900, whole(30, 900))
  SIGNING_MAX_AGE_SECONDS: number = 120

  @Type(() => Number)
  @IsInt(whole(60, 3600))
  @Min(60, whole(60, 3600))
  @Max(3600, whole(60, 3600))
  SIGNING_IDLE_SECONDS: number = 900

  @IsOptional()
  @IsUrlOf(['http', 'https'], { secureUnlessLocal: true, message: 'must be an https URL' })
  OIDC_ISSUER?: string

  @ValidateIf(({ OIDC_ISSUER }: Environment) => OIDC_ISSUER !== undefined)
  @IsNotEmpty({ message: 'must be set together with OIDC_ISSUER' })
  OIDC_AUDIENCE?: string

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @ArrayNotEmpty()
  @IsIn(ALGORITHMS, { each: true, message: `must be a list out of ${ALGORITHMS.join(', ')}` })
  OIDC_ALGORITHMS: string[] = ['RS256', 'PS256', 'ES256', 'EdDSA']

  @Type(() => Number)
  @IsInt(whole(0, 300))
  @Min(0, whole(0, 300))
  @Max(300, whole(0, 300))
  OIDC_CLOCK_TOLERANCE_SECONDS: number = 30

  @Matches(/^[\w:/-]+(\.[\w:/-]+)*$/, { message: 'must be the name of a claim' })
  OIDC_ROLE_CLAIM: string = 'roles'

  @Type(() => Number)
  @IsInt(whole(100, 3_600_000))
  @Min(100, whole(100, 3_600_000))
  @Max(3_600_000, whole(100, 3_600_000))
  CLOCK_BEHIND_LOG_MS: number = 2000

  @Type(() => Number)
  @IsInt(whole(100, 3_600_000))
  @Min(100, whole(100, 3_600_000))
  @Max(3_600_000, whole(100, 3_600_000))
  CLOCK_DATABASE_DIFFERENCE_MS: number = 2000

  @IsOptional()
  @Matches(/^[\x21-\x7e]+$/, { message: 'must be a client id' })
  OIDC_CONSOLE_CLIENT_ID?: string

  @Matches(/^(?=(.* )?openid( |$))[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, {
    message: 'must be scopes separated by single spaces, openid among them',
  })
  OIDC_CONSOLE_SCOPE: string = 'openid'

  @IsOptional()
  @Matches(/^[a-z][a-z0-9+.-]*:[^\s#]+$/i, { message: 'must be an absolute URI without a fragment' })
  OIDC_CONSOLE_RESOURCE?: string

  @IsOptional()
  @Matches(/^(administrator|compliance|qa):[^,\s]+(,(administrator|compliance|qa):[^,\s]+)*$/, {
    message: 'must be a list such as administrator:ada,compliance:carl,qa:quentin',
  })
  ROSTER_FOUNDERS?: string

  @Matches(/^[1-9]\d{0,8}(b|kb|mb)$/i, { message: 'must be a size such as 512kb or 32mb' })
  REQUEST_BODY_LIMIT: string = '32mb'

  @Matches(/^[1-9]\d{0,8}(b|kb|mb)$/i, { message: 'must be a size such as 512kb or 4mb' })
  COMMAND_BODY_LIMIT: string = '4mb'

  @Type(() => Number)
  @IsInt(whole(1, 3600))
  @Min(1, whole(1, 3600))
  @Max(3600, whole(1, 3600))
  REQUEST_TIMEOUT_SECONDS: number = 120

  @Type(() => Number)
  @IsInt(whole(0, 10_000_000))
  @Min(0, whole(0, 10_000_000))
  @Max(10_000_000, whole(0, 10_000_000))
  RATE_LIMIT_PER_CALLER: number = 60_000

  @Type(() => Number)
  @IsInt(whole(0, 10_000_000))
  @Min(0, whole(0, 10_000_000))
  @Max(10_000_000, whole(0, 10_000_000))
  RATE_LIMIT_PER_ADDRESS: number = 30_000

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @IsOptional()
  @Matches(/^(loopback|linklocal|uniquelocal|[\da-f.:]*[.:][\da-f.:]*(\/\d{1,3})?)$/i, {
    each: true,
    message: 'must be a list of IP addresses, networks, or loopback',
  })
  TRUSTED_PROXIES?: string[]
}
