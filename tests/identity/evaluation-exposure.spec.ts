import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createEvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { assertEvaluationIssuerAllowed } from '../../src/identity/evaluation-issuer/exposure.js'

const LOCAL = { host: '127.0.0.1', publicUrl: 'http://localhost:3000' }
const refused = expect.objectContaining({ code: 'configuration-invalid' })

// proves TL-IDN-007
describe('where the evaluation issuer may run', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1', 'app.localhost'])('on %s', (host) => {
    expect(() => assertEvaluationIssuerAllowed({ ...LOCAL, host })).not.toThrow()
  })

  it.each(['0.0.0.0', '::', '', '10.0.0.1', '192.168.1.4', 'ledger.example', '127.0.0.1.example', 'localhost.example'])(
    'never on %p by itself',
    (host) => {
      expect(() => assertEvaluationIssuerAllowed({ ...LOCAL, host })).toThrow(refused)
    },
  )

  it('never behind a public address, though it listens on loopback', () => {
    expect(() => assertEvaluationIssuerAllowed({ ...LOCAL, publicUrl: 'https://ledger.example' })).toThrow(refused)
  })

  it('beyond loopback when that is explicitly allowed', () => {
    expect(() =>
      assertEvaluationIssuerAllowed({
        host: '0.0.0.0',
        publicUrl: 'https://demo.example',
        allowBeyondLoopback: true,
      }),
    ).not.toThrow()
  })

  it('never beside a configured issuer, allowed or not', async () => {
    const exposure = { ...LOCAL, externalIssuer: 'https://issuer.example', allowBeyondLoopback: true }
    expect(() => assertEvaluationIssuerAllowed(exposure)).toThrow(refused)
    const issuer = createEvaluationIssuer({
      issuerUrl: 'http://localhost:3000/oidc',
      audience: 'twin-ledger',
      dataDirectory: join(tmpdir(), 'never-created'),
      exposure,
    })
    await expect(issuer).rejects.toEqual(refused)
  })
})
