import { describe, expect, it } from '@jest/globals'
import { inspect } from 'node:util'
import { resolve } from 'node:path'
import { readConfiguration } from '../../src/platform/configuration.js'
import { ConfigurationError } from '../../src/platform/errors.js'
import { SETTINGS } from '../../src/platform/settings.js'
import { Environment } from '../../src/platform/environment.js'

const read = (variables: NodeJS.ProcessEnv) => readConfiguration(variables).configuration

function complaints(variables: NodeJS.ProcessEnv): string[] {
  try {
    readConfiguration(variables)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n')
    throw error
  }
  return []
}

const production = {
  OIDC_ISSUER: 'https://id.example.org/realm',
  OIDC_AUDIENCE: 'twin-ledger',
  LOG_ORIGIN: 'ledger.example.org/twins',
}

describe('the configuration of an untouched machine', () => {
  it('is an evaluation ledger with demo data on loopback', () => {
    expect(read({})).toMatchObject({
      evaluation: true,
      demo: true,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      dataDirectory: resolve('.twin-ledger'),
      requestBodyLimitBytes: 32 * 1024 * 1024,
    })
    expect(read({}).databaseUrl).toBeUndefined()
  })

  it('takes an empty variable for one that is not set', () => {
    expect(read({ PORT: '', OIDC_ISSUER: ' ', LOG_LEVEL: '' })).toMatchObject({
      port: 3000,
      evaluation: true,
      logLevel: 'info',
    })
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(read({}))).toBe(true)
    expect(Object.isFrozen(read(production).oidc)).toBe(true)
  })
})

describe('the configuration of limits', () => {
  it('believes no X-Forwarded-For until a proxy is named', () => {
    expect(read({}).trustedProxies).toEqual([])
    expect(read({ TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,2001:db8::1' }).trustedProxies).toEqual([
      'loopback',
      '10.0.0.0/8',
      '2001:db8::1',
    ])
    expect(complaints({ TRUSTED_PROXIES: 'everybody' })).toHaveLength(1)
  })

  it('lets a command be as large as any request at most', () => {
    expect(read({}).commandBodyLimitBytes).toBe(4 * 1024 * 1024)
    expect(read({ REQUEST_BODY_LIMIT: '1mb' }).commandBodyLimitBytes).toBe(1024 * 1024)
  })
})

describe('the configuration of key management', () => {
  const vault = {
    KEY_MANAGEMENT: 'vault-transit',
    VAULT_ADDR: 'https://vault.example.org:8200',
    VAULT_TOKEN: 'hvs.secret',
    VAULT_TRANSIT_KEY: 'twin-ledger',
  }

  it('is a file unless said otherwise, whatever Vault the shell knows', () => {
    expect(read({ VAULT_ADDR: vault.VAULT_ADDR })).toMatchObject({ keyManagement: 'file', vaultTransit: undefined })
  })

  it('names a transit key, and shows its token to nobody', () => {
    const configuration = read(vault)
    expect(configuration.vaultTransit).toMatchObject({ mount: 'transit', key: 'twin-ledger', token: 'hvs.secret' })
    expect(JSON.stringify(configuration) + inspect(configuration)).not.toContain('hvs.secret')
  })

  it.each<[string, NodeJS.ProcessEnv]>([
    ['VAULT_ADDR', { VAULT_ADDR: 'http://vault.example.org:8200' }],
    ['VAULT_TOKEN', { VAULT_TOKEN: '' }],
    ['VAULT_TRANSIT_KEY', { VAULT_TRANSIT_KEY: '../sys' }],
    ['AWS_KMS_KEY_ID', { KEY_MANAGEMENT: 'aws-kms' }],
    ['KEY_MANAGEMENT', { KEY_MANAGEMENT: 'memory' }],
  ])('is refused for its %s', (name, wrong) => {
    expect(complaints({ ...vault, ...wrong }).map((complaint) => complaint.split(' ')[0])).toEqual([name])
  })
})

describe('the configuration of a production service', () => {
  it('verifies tokens of the issuer with the algorithms allowed', () => {
    const configuration = read({ ...production, OIDC_ALGORITHMS: 'ES256, EdDSA', OIDC_CLOCK_TOLERANCE_SECONDS: '5' })
    expect(configuration).toMatchObject({ evaluation: false, demo: false, host: '0.0.0.0' })
    expect(configuration.oidc).toEqual({
      issuer: production.OIDC_ISSUER,
      audience: 'twin-ledger',
      algorithms: ['ES256', 'EdDSA'],
      clockToleranceSeconds: 5,
      roleClaim: 'roles',
    })
  })

  it('must name its audience and its log', () => {
    expect(complaints({ OIDC_ISSUER: production.OIDC_ISSUER })).toEqual([
      'LOG_ORIGIN must be a name such as ledger.example.org/twins: no scheme, space, plus or trailing slash.',
      'OIDC_AUDIENCE must be set together with OIDC_ISSUER.',
    ])
  })
})

describe('a wrong value', () => {
  it.each([
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535, not "70000".'],
    ['PORT', 'http', 'PORT must be a whole number from 0 to 65535, not "http".'],
    ['HOST', 'a b', 'HOST must be a host name or an IP address, not "a b".'],
    ['PUBLIC_URL', 'ledger', 'PUBLIC_URL must be a URL such as https://ledger.example.org, not "ledger".'],
    ['TWIN_LEDGER_DEMO', 'yes', 'TWIN_LEDGER_DEMO must be on or off, not "yes".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".'],
    ['OIDC_ISSUER', 'http://id.example.org', 'OIDC_ISSUER must be an https URL, not "http://id.example.org".'],
    [
      'OIDC_CLOCK_TOLERANCE_SECONDS',
      '-1',
      'OIDC_CLOCK_TOLERANCE_SECONDS must be a whole number from 0 to 300, not "-1".',
    ],
    ['REQUEST_BODY_LIMIT', 'lots', 'REQUEST_BODY_LIMIT must be a size such as 512kb or 32mb, not "lots".'],
  ])('of %s is named with its rule', (name, value, message) => {
    expect(complaints({ ...production, [name]: value })).toEqual([message])
  })

  it.each(['https://ledger.example.org', 'ledger.example.org/', 'my ledger', 'a+b'])(
    'LOG_ORIGIN %s is no C2SP origin',
    (origin) => {
      expect(complaints({ LOG_ORIGIN: origin })).toHaveLength(1)
    },
  )

  it.each(['none', 'HS256', 'RS256,HS256'])('OIDC_ALGORITHMS %s is refused', (algorithms) => {
    expect(complaints({ ...production, OIDC_ALGORITHMS: algorithms })).toHaveLength(1)
  })

  // proves TL-OPS-004
  it('is reported together with all the others', () => {
    const names = complaints({ PORT: 'x', LOG_LEVEL: 'x', TWIN_LEDGER_DEMO: 'x' }).map((line) => line.split(' ')[0])
    expect(names.sort()).toEqual(['LOG_LEVEL', 'PORT', 'TWIN_LEDGER_DEMO'])
  })

  it('of a secret is not shown', () => {
    const [complaint] = complaints({ DATABASE_URL: 'mysql://root:hunter2@db/x' })
    expect(complaint).toMatch(/^DATABASE_URL must be a URL such as postgres:.* \(its value is not shown\)\.$/)
    expect(complaint).not.toContain('hunter2')
  })

  it('is a DATABASE_OWNER_URL on its own', () => {
    expect(complaints({ DATABASE_OWNER_URL: 'postgres://o@db/x' })).toEqual([expect.stringMatching(/^DATABASE_URL /)])
  })
})

describe('a doubtful value', () => {
  it('is a misspelt setting', () => {
    expect(readConfiguration({ TWIN_LEDGER_DATE: '/x' }).warnings).toEqual([
      'TWIN_LEDGER_DATE is not a setting of Twin Ledger; it is ignored.',
    ])
  })

  it('is an evaluation ledger open to the network, or half an identity provider', () => {
    expect(readConfiguration({ HOST: '0.0.0.0', OIDC_AUDIENCE: 'x' }).warnings).toEqual([
      'OIDC_AUDIENCE has no effect without OIDC_ISSUER.',
      'HOST opens an evaluation ledger with demo accounts to the network.',
    ])
  })
})

describe('printing the configuration', () => {
  it('shows no secret', () => {
    const configuration = read({
      DATABASE_URL: 'postgres://u:hunter2@db/x',
      DATABASE_OWNER_URL: 'postgres://o:hunter2@db/x',
      EVENTSTORE_URL: 'esdb://u:hunter2@db:2113',
    })
    expect(configuration.databaseUrl).toContain('hunter2')
    for (const text of [
      JSON.stringify(configuration),
      inspect(configuration),
      inspect({ nested: { configuration } }),
    ]) {
      expect(text).not.toContain('hunter2')
    }
  })
})

describe('the table of settings', () => {
  it('describes every variable that is read, and no other', () => {
    expect(SETTINGS.map(({ name }) => name).sort()).toEqual(Object.keys(new Environment()).sort())
  })
})
