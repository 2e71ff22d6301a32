/** One environment variable the service reads. The table in the documentation and `twin-ledger config` come from here. */
export interface Setting {
  name: string
  /** One sentence for an operator. */
  description: string
  /** What applies when the variable is not set, in words where it depends on something. */
  default: string
  /** A secret's value is never shown, not even in a complaint about it. */
  secret: boolean
  /** Names people: what is kept of it for ever says only that it changed. */
  personal?: true
}

const setting = (name: string, description: string, byDefault: string, secret = false): Setting => ({
  name,
  description,
  default: byDefault,
  secret,
})

export const SETTINGS: readonly Setting[] = [
  setting(
    'INSTANCE_NAME',
    'Name of this instance among several on one database whose settings differ: each is compared with its own last start.',
    'main',
  ),
  setting('PORT', 'TCP port of the HTTP interface; 0 takes any free one.', '3000'),
  setting('HOST', 'Address the HTTP interface listens on.', '127.0.0.1 in evaluation mode, else 0.0.0.0'),
  setting('PUBLIC_URL', 'URL under which clients reach the service.', 'http://<HOST>:<PORT>'),
  setting(
    'TWIN_LEDGER_DATA',
    'Data folder: the embedded database, keys and run files.',
    '.twin-ledger in the working directory',
  ),
  setting('TWIN_LEDGER_DEMO', 'on or off: fill an empty evaluation ledger with generated patients.', 'on'),
  setting(
    'DATABASE_URL',
    'PostgreSQL 15 or later. Sessions become the role twin_ledger_service unless the login is that role.',
    'the embedded PostgreSQL',
    true,
  ),
  setting(
    'DATABASE_OWNER_URL',
    'Connection that runs migrations and owns the tables, where DATABASE_URL may not.',
    'DATABASE_URL',
    true,
  ),
  setting(
    'EVENTSTORE_URL',
    'KurrentDB or EventStoreDB cluster that holds the log with its payloads; PostgreSQL then indexes it. Set at the first start or never.',
    'the log is in PostgreSQL',
    true,
  ),
  setting(
    'EVENTSTORE_MAX_APPEND_BYTES',
    'What the cluster takes in one append, its MaxAppendSize: 65536 to 16777216. A larger import is refused.',
    '1048576',
  ),
  setting(
    'MODEL_VECTORS',
    'File of published test vectors for the models, or the folder that holds it.',
    'the vectors that come along',
  ),
  setting(
    'COHORT_SLOTS',
    'Parts of cohorts, of up to 100 runs each, that this process works on at once; 0 leaves them to worker processes.',
    '3',
  ),
  setting(
    'COHORT_LEASE_SECONDS',
    'How long after its last sign of life a process loses the parts of cohorts it works on, 2 to 3600.',
    '30',
  ),
  setting('LOG_LEVEL', 'fatal, error, warn, info, debug, trace or silent.', 'info'),
  setting(
    'LOG_ORIGIN',
    'Name of the transparency log, for example ledger.example.org/twins; never changes afterwards.',
    'in evaluation mode twin-ledger.local/<random>, kept in the data folder; else required',
  ),
  setting('LOG_SIGNING_KEY_FILE', 'Private key that signs checkpoints.', 'keys/ in the data folder'),
  setting(
    'LOG_WITNESSES',
    'File with the witnesses that cosign checkpoints, their addresses, and how many have to (C2SP tlog-policy).',
    'no witnesses',
  ),
  setting(
    'LOG_WITNESS_INTERVAL_SECONDS',
    'How often witnesses are sent the newest checkpoint at most, 1 to 3600.',
    '10',
  ),
  setting(
    'LOG_WITNESS_ALARM_SECONDS',
    'Alarm when for so long too few witnesses cosigned what was the newest checkpoint, 60 to 604800.',
    '3600',
  ),
  setting('KEY_MANAGEMENT', 'What wraps the keys of subjects: file, vault-transit or aws-kms.', 'file'),
  setting(
    'KEY_ENCRYPTION_KEY_FILE',
    'Keys that wrap the keys of subjects, one a line; beside another KEY_MANAGEMENT it only opens.',
    'keys/ in the data folder',
  ),
  setting('VAULT_ADDR', 'URL of HashiCorp Vault or OpenBao; required for vault-transit.', 'none'),
  setting('VAULT_TOKEN', 'Token for Vault.', 'VAULT_TOKEN_FILE', true),
  setting(
    'VAULT_TOKEN_FILE',
    'File with the token, read anew for each request, so that an agent may renew it.',
    'none',
  ),
  setting('VAULT_NAMESPACE', 'Namespace of Vault.', 'none'),
  setting('VAULT_TRANSIT_MOUNT', 'Where the transit engine is mounted.', 'transit'),
  setting('VAULT_TRANSIT_KEY', 'Name of the transit key; required for vault-transit.', 'none'),
  setting(
    'AWS_KMS_KEY_ID',
    "Id, ARN or alias of the key; required for aws-kms. Region, credentials and endpoint are found by AWS's client (AWS_REGION, AWS_ENDPOINT_URL_KMS …).",
    'none',
  ),
  setting(
    'TWIN_LEDGER_TOMBSTONES',
    'File outside the database to which every destruction of keys is appended, and from which it is carried out again at each start.',
    'none',
  ),
  setting(
    'DERIVATION_SECRET_FILE',
    'Secret behind derived ids and the index of identifiers; the same for all instances on one database.',
    'keys/ in the data folder',
  ),
  setting(
    'ACTOR_SECRET_FILE',
    'Secret behind the pseudonymous ids of callers; the same for all instances on one database.',
    'keys/ in the data folder',
  ),
  setting('EXPORT_SIGNING_KEY_FILE', 'Private key that signs export manifests.', 'keys/ in the data folder'),
  setting(
    'SIGNATURE_KEYS_FILE',
    'Private keys behind electronic signatures, one a line, the last one in use; the same for all instances.',
    'keys/ in the data folder',
  ),
  setting(
    'SIGNING_ACR',
    'Values of the claim acr, comma-separated, that stand for identification code and password: the first signing of a session.',
    'those of the embedded issuer in evaluation mode; else nobody can sign',
  ),
  setting(
    'SIGNING_ACR_CONTINUED',
    'Values of the claim acr that suffice for later signings of a continuous session, beside those of SIGNING_ACR.',
    'as SIGNING_ACR',
  ),
  setting('SIGNING_MAX_AGE_SECONDS', 'How old the authentication for a signing may be.', '120'),
  setting('SIGNING_IDLE_SECONDS', 'How long after a signing a session counts as continuous.', '900'),
  setting('OIDC_ISSUER', 'Issuer of access tokens; without it the service runs in evaluation mode.', 'evaluation mode'),
  setting('OIDC_AUDIENCE', 'Audience that access tokens must name; required with OIDC_ISSUER.', 'none'),
  setting('OIDC_ALGORITHMS', 'Signature algorithms accepted, separated by commas.', 'RS256,PS256,ES256,EdDSA'),
  setting('OIDC_CLOCK_TOLERANCE_SECONDS', 'Difference of clocks tolerated in tokens, 0 to 300.', '30'),
  setting('OIDC_ROLE_CLAIM', "Claim that lists the caller's roles; dots reach into objects.", 'roles'),
  setting(
    'OIDC_CONSOLE_CLIENT_ID',
    'Public client (authorization code with PKCE) under which the console signs people in at OIDC_ISSUER.',
    'nobody signs in to the console',
  ),
  setting(
    'OIDC_CONSOLE_SCOPE',
    'Scopes the console asks for, separated by spaces; offline_access, where the issuer gives refresh tokens, renews the session silently.',
    'openid',
  ),
  setting(
    'OIDC_CONSOLE_RESOURCE',
    'Resource indicator (RFC 8707) of the API, for issuers that choose the audience by it.',
    'none',
  ),
  {
    ...setting(
      'ROSTER_FOUNDERS',
      'The first people, as role:sub separated by commas, e.g. administrator:ada,compliance:carl,qa:quentin. Taken once, into an empty roster; every further grant takes several people.',
      'none; in evaluation mode the demo accounts',
    ),
    personal: true,
  },
  setting('REQUEST_BODY_LIMIT', 'Largest request body, of a FHIR bundle or a mesh, for example 512kb or 32mb.', '32mb'),
  setting('COMMAND_BODY_LIMIT', 'Largest body of any other request.', '4mb, or REQUEST_BODY_LIMIT where that is less'),
  setting(
    'CLOCK_BEHIND_LOG_MS',
    'Alarm when the clock stands behind the last time of the log by more milliseconds, 100 to 3600000.',
    '2000',
  ),
  setting(
    'CLOCK_DATABASE_DIFFERENCE_MS',
    "Alarm when the clock differs from the database's by more milliseconds, 100 to 3600000.",
    '2000',
  ),
  setting('REQUEST_TIMEOUT_SECONDS', 'How long a request may take to arrive whole, 1 to 3600.', '120'),
  setting(
    'RATE_LIMIT_PER_CALLER',
    'Requests a minute of one caller with a valid token, counted in each process; 0 for no limit.',
    '60000',
  ),
  setting(
    'RATE_LIMIT_PER_ADDRESS',
    'Requests a minute from one address without a valid token, counted in each process; 0 for no limit.',
    '30000',
  ),
  setting(
    'TRUSTED_PROXIES',
    "Proxies whose X-Forwarded-For tells the caller's address: IP addresses, networks such as 10.0.0.0/8, or loopback, separated by commas.",
    'none',
  ),
]
