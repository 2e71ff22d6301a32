import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startTestService, type TestService } from '../support/test-service.js'

const FILES = {
  LOG_SIGNING_KEY_FILE: 'log-signing-key',
  KEY_ENCRYPTION_KEY_FILE: 'key-encryption-key',
  DERIVATION_SECRET_FILE: 'derivation-secret',
  ACTOR_SECRET_FILE: 'actor-secret',
  EXPORT_SIGNING_KEY_FILE: 'export-signing-key',
  SIGNATURE_KEYS_FILE: 'signature-keys',
}

describe('secrets in files that instances share', () => {
  let folder: string
  let test: TestService
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-secrets-'))
    const environment = Object.entries(FILES).map(([name, file]) => [name, join(folder, file)])
    test = await startTestService(Object.fromEntries(environment) as NodeJS.ProcessEnv)
  })
  afterAll(async () => {
    await test.stop()
    await rm(folder, { recursive: true })
  })

  it('are all where the settings say, and none in the data folder', async () => {
    expect((await readdir(folder)).sort()).toEqual(Object.values(FILES).sort())
    expect(await readdir(join(test.configuration.dataDirectory, 'keys'))).toEqual(['evaluation'])
  })
})
