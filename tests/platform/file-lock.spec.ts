import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as tick } from 'node:timers/promises'
import { withFileLock } from '../../src/platform/file-lock.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twin-ledger-lock-'))
  path = join(folder, 'start.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NO_SUCH_PROCESS = 2 ** 22 + 1

function leaveLock(holder: { pid: number; host: string }, ageSeconds = 0): void {
  writeFileSync(path, JSON.stringify({ token: 'left', ...holder }))
  const time = Date.now() / 1000 - ageSeconds
  utimesSync(path, time, time)
}

describe('a file lock', () => {
  it('lets one in at a time', async () => {
    let inside = 0
    let most = 0
    const visit = () =>
      withFileLock(path, async () => {
        most = Math.max(most, ++inside)
        await tick()
        inside--
      })
    await Promise.all(Array.from({ length: 10 }, visit))
    expect(most).toBe(1)
  })

  it('gives back what the work gives, and its failure, and is free afterwards', async () => {
    expect(await withFileLock(path, async () => 7)).toBe(7)
    await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is taken over from a process that died', async () => {
    leaveLock({ pid: NO_SUCH_PROCESS, host: hostname() })
    expect(await withFileLock(path, async () => 'in')).toBe('in')
  })

  it('is taken over from a machine or container that stopped touching it', async () => {
    leaveLock({ pid: process.pid, host: 'elsewhere' }, 60)
    expect(await withFileLock(path, async () => 'in')).toBe('in')
  })

  it('is respected while its holder lives, and waiting for it ends', async () => {
    leaveLock({ pid: process.pid, host: 'elsewhere' })
    await expect(withFileLock(path, async () => 'in', 50)).rejects.toMatchObject({ code: 'lock-timeout' })
    expect(existsSync(path)).toBe(true)
  })
})
