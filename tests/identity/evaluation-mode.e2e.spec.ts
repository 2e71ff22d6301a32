import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Controller, Get, type INestApplication, Injectable, Module } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import { assertEveryRouteHasAPolicy } from '../../src/identity/assert-every-route-has-a-policy.js'
import { type Caller } from '../../src/identity/caller.js'
import { CurrentCaller } from '../../src/identity/current-caller.js'
import {
  createEvaluationIssuer,
  type EvaluationIssuer,
} from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { requestEvaluationToken } from '../../src/identity/evaluation-issuer/request-evaluation-token.js'
import { IdentityModule } from '../../src/identity/identity.module.js'
import { type Refusal, type RefusalRecorder } from '../../src/identity/refusal-recorder.js'
import { Requires } from '../../src/identity/route-policy.js'
import { createAccessTokenVerifier } from '../../src/identity/verify-access-token.js'
import { freePort } from '../support/free-port.js'
import { ACTOR_SECRET, grantingRole } from './support/callers.js'

/** Stands in for a recorder that writes to the ledger and is itself injected. */
@Injectable()
class LedgerOfRefusals implements RefusalRecorder {
  readonly kept: Refusal[] = []
  record(refusal: Refusal): void {
    this.kept.push(refusal)
  }
}

@Module({ providers: [LedgerOfRefusals], exports: [LedgerOfRefusals] })
class LedgerModule {}

@Controller('models')
class ModelsController {
  @Get()
  @Requires('model.read')
  list(@CurrentCaller() caller: Caller) {
    return { role: caller.role }
  }
}

describe('a service in evaluation mode', () => {
  let app: INestApplication
  let issuer: EvaluationIssuer
  let origin: string
  const register = grantingRole('modeller')
  const directory = mkdtempSync(join(tmpdir(), 'evaluation-mode-'))

  beforeAll(async () => {
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const issuerUrl = `${origin}/oidc`
    const audience = 'twin-ledger'
    const exposure = { host: '127.0.0.1', publicUrl: origin }
    issuer = await createEvaluationIssuer({ issuerUrl, audience, dataDirectory: directory, exposure })
    const identity = IdentityModule.forRootAsync({
      imports: [LedgerModule],
      inject: [LedgerOfRefusals],
      useFactory: (refusals: LedgerOfRefusals) => ({
        verify: createAccessTokenVerifier({ issuer: issuerUrl, audience, keys: issuer.keys }),
        issuer: issuerUrl,
        actorSecret: ACTOR_SECRET,
        grants: register,
        refusals,
      }),
    })
    const module = await Test.createTestingModule({ imports: [identity], controllers: [ModelsController] }).compile()
    app = module.createNestApplication()
    app.use('/oidc', issuer.handler)
    app.useLogger(false)
    await app.listen(port, '127.0.0.1')
  })
  afterAll(async () => {
    await app.close()
    rmSync(directory, { recursive: true })
  })

  const call = (token?: string): Promise<Response> =>
    fetch(`${origin}/models`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })

  it('takes the token that the command line got from it', async () => {
    const token = await requestEvaluationToken({
      issuerUrl: `${origin}/oidc`,
      dataDirectory: directory,
      account: 'modeller',
    })
    expect(await (await call(token)).json()).toEqual({ role: 'modeller' })
  })

  it('takes tokens under a new key at once after a rotation', async () => {
    issuer.rotateKeys()
    register.claimed = 'qa'
    expect((await call(await issuer.issueToken('qa'))).status).toBe(200)
  })

  it('hands refusals to a recorder that the application injects', async () => {
    await call()
    const { kept } = app.get(LedgerOfRefusals, { strict: false })
    expect(kept).toContainEqual(expect.objectContaining({ action: 'model.read', code: 'token-missing' }))
  })

  it('answers as an issuer in the same server, without a token', async () => {
    const discovery = await fetch(`${origin}/oidc/.well-known/openid-configuration`)
    expect(await discovery.json()).toMatchObject({
      issuer: `${origin}/oidc`,
      token_endpoint: `${origin}/oidc/token`,
      code_challenge_methods_supported: ['S256'],
    })
  })

  it('has a policy on every route', () => {
    expect(() => assertEveryRouteHasAPolicy(app)).not.toThrow()
  })
})
