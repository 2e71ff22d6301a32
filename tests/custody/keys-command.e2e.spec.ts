/** `twin-ledger keys` as an operator runs it: a process of its own, against a running service. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Vault } from '../../src/vault/vault.js'
import { compileService, type CompiledService } from '../e2e/support/service-process.js'
import { startTestService, type TestService } from '../support/test-service.js'

const KEYS = 3

let compiled: CompiledService
let service: TestService
beforeAll(async () => {
  ;[compiled, service] = await Promise.all([compileService(), startTestService()])
  const vault = service.service.app.get(Vault)
  for (let n = 0; n < KEYS; n++) await vault.sealingKey(randomUUID(), 'identity')
})
afterAll(() => Promise.all([service.stop(), compiled.remove()]))

const keys = (...args: string[]) => compiled.command(['keys', ...args], service.environment)

// proves TL-VLT-007
describe('twin-ledger keys', () => {
  it('shows, rotates, wraps anew and retires, and says with its exit code when it must not', async () => {
    const before = await keys('status')
    expect(before).toMatchObject({ exit: 0, printed: expect.stringMatching(/^current +3 keys +since \S+ +\S+\n$/) })
    const first = before.printed.trim().split(/\s+/).at(-1)!

    const rotated = await keys('rotate')
    expect(rotated.exit).toBe(0)
    const [from, second] = rotated.printed.trim().split(' → ')
    expect([from, second === first]).toEqual([first, false])
    expect(await keys('retire', first)).toMatchObject({
      exit: 1,
      complaints: expect.stringMatching(/^key-encryption-key-in-use: /),
    })

    const rewrapped = await keys('rewrap')
    expect(rewrapped).toMatchObject({
      exit: 0,
      printed: expect.stringMatching(/3 keys wrapped anew, 0 wrapped by others\n$/),
    })
    expect(await keys('retire', first)).toMatchObject({
      exit: 0,
      printed: expect.stringContaining(`${first} is retired.`),
    })
    const after = (await keys('status')).printed.trim().split('\n')
    expect(after.map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
      ['retired', '0'],
      ['current', '3'],
    ])
  })

  it('is refused to who is not the administrator', async () => {
    expect(await keys('rotate', '--account', 'qa')).toMatchObject({
      exit: 1,
      complaints: expect.stringContaining('action-not-permitted'),
    })
  })
})
