import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  type INestApplication,
  Inject,
  Param,
} from '@nestjs/common'
import { Test } from '@nestjs/testing'
import { type Response } from 'express'
import request from 'supertest'
import { assertEveryRouteHasAPolicy } from '../../src/identity/assert-every-route-has-a-policy.js'
import { type Caller, pseudonymousActorId } from '../../src/identity/caller.js'
import { CurrentCaller } from '../../src/identity/current-caller.js'
import { IdentityModule } from '../../src/identity/identity.module.js'
import { remoteKeys } from '../../src/identity/issuer-keys.js'
import { PolicyService } from '../../src/identity/policy.service.js'
import { type Role } from '../../src/identity/roles.js'
import { type Refusal } from '../../src/identity/refusal-recorder.js'
import { InMemoryRevocationList } from '../../src/identity/revocation-list.js'
import { Public, Requires } from '../../src/identity/route-policy.js'
import { createAccessTokenVerifier } from '../../src/identity/verify-access-token.js'
import { TwinLedgerError } from '../../src/platform/errors.js'
import { ACTOR_SECRET, grantingRole } from './support/callers.js'
import { TestIssuer } from './support/test-issuer.js'

@Controller('probe')
class ProbeController {
  constructor(@Inject(PolicyService) private readonly policies: PolicyService) {}

  @Get('open')
  @Public()
  open() {
    return { open: true }
  }

  @Get('model')
  @Requires('model.read')
  model(@CurrentCaller() caller: Caller) {
    return caller
  }

  @Get('sites/:site/identity')
  @Requires('twin.read-identity')
  async identity(@CurrentCaller() caller: Caller, @Param('site') site: string) {
    return { minimisation: await this.policies.require(caller, 'twin.read-identity', { site }) }
  }

  @Get('identities')
  @Requires('twin.read-identity')
  async identities(@CurrentCaller() caller: Caller) {
    return this.policies.scopeOf(caller, 'twin.read-identity')
  }

  @Get('forgetful')
  @Requires('twin.read-identity')
  forgetful() {
    return { identity: 'leaked' }
  }

  @Get('undecided')
  undecided() {
    return { reached: true }
  }
}

@Controller('tidy')
@Requires('audit.read')
class TidyController {
  @Get()
  list() {
    return []
  }

  @Get('vkey')
  @Public()
  key() {
    return 'key'
  }
}

/** Stands in for the HTTP layer's renderer. */
@Catch(TwinLedgerError)
class RenderError implements ExceptionFilter<TwinLedgerError> {
  catch(error: TwinLedgerError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().status(error.status).json({ code: error.code })
  }
}

describe('the guard before every route', () => {
  let issuer: TestIssuer
  let app: INestApplication
  let refusals: Refusal[]
  const revocations = new InMemoryRevocationList()
  const register = grantingRole('steward')

  beforeAll(async () => {
    issuer = await TestIssuer.start()
    const verify = createAccessTokenVerifier({
      issuer: issuer.url,
      audience: issuer.audience,
      keys: remoteKeys({ issuer: issuer.url }),
    })
    const identity = IdentityModule.forRoot({
      verify,
      issuer: issuer.url,
      actorSecret: ACTOR_SECRET,
      grants: register,
      revocations,
      refusals: { record: (refusal) => void refusals.push(refusal) },
      correlationOf: () => 'correlation-1',
    })
    const module = await Test.createTestingModule({
      imports: [identity],
      controllers: [ProbeController, TidyController],
    }).compile()
    app = module.createNestApplication()
    app.useGlobalFilters(new RenderError())
    await app.init()
  })
  beforeEach(() => {
    refusals = []
    register.roles = undefined
  })
  afterAll(async () => {
    await app.close()
    await issuer.stop()
  })

  async function get(path: string, claims?: Record<string, unknown>) {
    const call = request(app.getHttpServer()).get(path)
    register.claimed = (claims?.['role'] as Role | undefined) ?? 'steward'
    return claims === undefined ? call : call.set('Authorization', `Bearer ${await issuer.token({ claims })}`)
  }

  it('lets everyone through to a public route', async () => {
    expect((await get('/probe/open')).body).toEqual({ open: true })
    expect((await get('/tidy/vkey')).status).toBe(200)
    expect(refusals).toEqual([])
  })

  it('asks for a token, with a bare challenge, and records that', async () => {
    const response = await get('/probe/model')
    expect(response.status).toBe(401)
    expect(response.body).toEqual({ code: 'token-missing' })
    expect(response.headers['www-authenticate']).toBe('Bearer realm="twin-ledger"')
    expect(refusals).toEqual([{ action: 'model.read', code: 'token-missing', correlation: 'correlation-1' }])
  })

  it('refuses a bad token with invalid_token and records it without a caller', async () => {
    const response = await get('/probe/model', { aud: 'another' })
    expect(response.status).toBe(401)
    expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
    expect(refusals).toEqual([expect.objectContaining({ code: 'token-audience-wrong' })])
    expect(refusals[0]?.caller).toBeUndefined()
  })

  it('takes no token from the query', async () => {
    const token = await issuer.token()
    expect((await get(`/probe/model?access_token=${token}`)).body).toEqual({ code: 'token-missing' })
  })

  it('hands the verified caller to the handler', async () => {
    const response = await get('/probe/model', { role: 'modeller' })
    const id = pseudonymousActorId(ACTOR_SECRET, issuer.url, 'user-1')
    expect(response.body).toMatchObject({ id, role: 'modeller', roles: ['modeller'] })
  })

  it('refuses a role that the table denies with insufficient_scope, and records who it was', async () => {
    const response = await get('/probe/sites/site-1/identity', { role: 'sponsor' })
    expect(response.status).toBe(403)
    expect(response.headers['www-authenticate']).toContain('error="insufficient_scope"')
    expect(refusals).toEqual([
      expect.objectContaining({
        action: 'twin.read-identity',
        code: 'action-not-permitted',
        caller: expect.objectContaining({ role: 'sponsor' }),
      }),
    ])
  })

  // proves TL-IDN-012
  it('refuses a role that was not granted, and a locked account, whatever the token says', async () => {
    register.roles = ['qa']
    expect((await get('/probe/model', { role: 'modeller' })).body).toEqual({ code: 'role-not-granted' })
    expect(refusals).toEqual([expect.objectContaining({ code: 'role-not-granted', action: 'model.read' })])
    register.locked = true
    expect((await get('/probe/model', { role: 'qa' })).body).toEqual({ code: 'token-subject-locked' })
    register.locked = false
    expect((await get('/probe/model', { role: 'qa' })).status).toBe(200)
  })

  it('lets a handler check the resource, and records its refusal too', async () => {
    const claims = { role: 'investigator', site: 'site-1' }
    expect((await get('/probe/sites/site-1/identity', claims)).body).toEqual({ minimisation: 'full' })
    expect((await get('/probe/sites/site-2/identity', claims)).body).toEqual({ code: 'other-site' })
    expect(refusals).toEqual([expect.objectContaining({ code: 'other-site', correlation: 'correlation-1' })])
  })

  it('narrows a collection to what the caller may see', async () => {
    const scope = async (claims: Record<string, unknown>) => (await get('/probe/identities', claims)).body
    expect(await scope({ role: 'investigator', site: 'site-1' })).toEqual({ minimisation: 'full', site: 'site-1' })
    expect(await scope({ role: 'participant', twin_subject: 'subject-1' })).toEqual({
      minimisation: 'full',
      subject: 'subject-1',
    })
    expect(await scope({ role: 'regulator' })).toEqual({ minimisation: 'full' })
    expect(await scope({ role: 'investigator' })).toEqual({ code: 'other-site' })
  })

  it('withholds an answer whose scope the handler forgot to check', async () => {
    const response = await get('/probe/forgetful', { role: 'investigator', site: 'site-1' })
    expect(response.status).toBe(403)
    expect(response.body).toEqual({ code: 'scope-not-checked' })
    expect((await get('/probe/forgetful', { role: 'regulator' })).status).toBe(200)
  })

  // proves TL-IDN-001
  it('refuses a route without a policy, even to a known caller', async () => {
    const response = await get('/probe/undecided', { role: 'regulator' })
    expect(response.status).toBe(403)
    expect(response.body).toEqual({ code: 'route-without-policy' })
    expect(refusals).toEqual([{ action: undefined, code: 'route-without-policy', correlation: 'correlation-1' }])
  })

  it('refuses a revoked person at once, whatever the token says', async () => {
    const id = pseudonymousActorId(ACTOR_SECRET, issuer.url, 'user-2')
    revocations.revoke(id)
    expect((await get('/probe/model', { sub: 'user-2' })).body).toEqual({ code: 'token-subject-revoked' })
    expect((await get('/probe/model', { sub: 'user-1' })).status).toBe(200)
    revocations.reinstate(id)
    expect((await get('/probe/model', { sub: 'user-2' })).status).toBe(200)
  })

  it('refuses even when the refusal cannot be recorded', async () => {
    refusals.push = () => {
      throw new Error('the ledger is away')
    }
    app.useLogger(false)
    expect((await get('/probe/model')).status).toBe(401)
  })

  it('is told at start-up which routes have no policy', () => {
    expect(() => assertEveryRouteHasAPolicy(app)).toThrow(
      expect.objectContaining({ code: 'configuration-invalid', details: { routes: ['ProbeController.undecided'] } }),
    )
  })

  it('is content when every route has one, its own or its controller’s', async () => {
    const tidy = await Test.createTestingModule({ controllers: [TidyController] }).compile()
    expect(() => assertEveryRouteHasAPolicy(tidy)).not.toThrow()
  })
})
