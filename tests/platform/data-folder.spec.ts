import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keysFolder, resolveLogOrigin, runFolder } from '../../src/platform/data-folder.js'

let dataDirectory: string
beforeEach(() => {
  dataDirectory = join(mkdtempSync(join(tmpdir(), 'twin-ledger-data-')), 'new')
})
afterEach(() => rmSync(join(dataDirectory, '..'), { recursive: true, force: true }))

describe('the data folder', () => {
  it('keeps keys and run files for our own user alone', () => {
    for (const folder of [keysFolder({ dataDirectory }), runFolder({ dataDirectory })]) {
      expect(statSync(folder).mode & 0o777).toBe(0o700)
    }
  })

  it('keeps the name an evaluation log drew at its first start', () => {
    const first = resolveLogOrigin({ logOrigin: undefined, dataDirectory })
    expect(first).toMatch(/^twin-ledger\.local\/[0-9a-f]{8}$/)
    expect(resolveLogOrigin({ logOrigin: undefined, dataDirectory })).toBe(first)
  })

  it('has no say when the log is named', () => {
    expect(resolveLogOrigin({ logOrigin: 'ledger.example.org', dataDirectory })).toBe('ledger.example.org')
  })
})
