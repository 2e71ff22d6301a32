import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loadActorSecret } from '../../src/identity/actor-secret.js'
import { pseudonymousActorId } from '../../src/identity/caller.js'
import { readOrCreateSecretFile, readSecretFile } from '../../src/platform/secret-file.js'

const refused = expect.objectContaining({ code: 'configuration-invalid' })

describe('a secret file', () => {
  it('is created once, and read by whoever comes later', () => {
    inDirectory((directory) => {
      const path = join(directory, 'deep', 'secret')
      expect(readOrCreateSecretFile(path, () => 'first')).toBe('first')
      expect(readOrCreateSecretFile(path, () => 'second')).toBe('first')
    })
  })

  it('is the winner’s when two create it at once', () => {
    inDirectory((directory) => {
      const path = join(directory, 'secret')
      const slow = (): string => {
        readOrCreateSecretFile(path, () => 'winner')
        return 'late'
      }
      expect(readOrCreateSecretFile(path, slow)).toBe('winner')
    })
  })

  it('is refused when others may read it', () => {
    inDirectory((directory) => {
      const path = join(directory, 'secret')
      readOrCreateSecretFile(path, () => 'content')
      chmodSync(path, 0o644)
      expect(() => readSecretFile(path)).toThrow(refused)
    })
  })
})

describe('the secret behind actor ids', () => {
  it('is long enough, stays the same and is its owner’s alone', () => {
    inDirectory((directory) => {
      const path = join(directory, 'actor-secret')
      const secret = loadActorSecret(path)
      expect(() => pseudonymousActorId(secret, 'https://issuer.example', 'user-1')).not.toThrow()
      expect(loadActorSecret(path)).toEqual(secret)
      expect(statSync(path).mode & 0o777).toBe(0o600)
    })
  })
})

function inDirectory(test: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'secret-file-'))
  try {
    test(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
