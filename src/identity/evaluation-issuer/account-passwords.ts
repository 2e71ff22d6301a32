import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { equalInConstantTime } from '../../platform/constant-time.js'
import { ConfigurationError } from '../../platform/errors.js'
import { readOrCreateSecretFile, readSecretFile, replaceSecretFile } from '../../platform/secret-file.js'

type Passwords = Record<string, string>

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'account-passwords.json')

/** Crockford's base 32 in lower case: nothing that is easily misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const GROUPS = 3
const GROUP = 4

/** So many wrong passwords in a row close an account to signing for a while (21 CFR 11.300(d)). */
const MOST_FAILURES = 5
const LOCKED_MS = 5 * 60_000

/** What came of a password that somebody entered. */
export type PasswordCheck = 'right' | 'wrong' | 'locked'

/**
 * The passwords of the made-up accounts, asked for before a signature. Random, kept in the data directory for whoever may read it:
 * signing in needs none here, signing does.
 */
export class AccountPasswords {
  private readonly passwords: Passwords
  private readonly failures = new Map<string, { inARow: number; lockedUntil: number }>()

  constructor(
    dataDirectory: string,
    accounts: readonly string[],
    private readonly now: () => number = Date.now,
  ) {
    this.passwords = loadPasswords(dataDirectory, accounts)
  }

  check(account: string, entered: string): PasswordCheck {
    const { inARow, lockedUntil } = this.failures.get(account) ?? { inARow: 0, lockedUntil: 0 }
    if (lockedUntil > this.now()) return 'locked'
    const password = Object.hasOwn(this.passwords, account) ? this.passwords[account] : undefined
    if (password !== undefined && equalInConstantTime(password, entered)) {
      this.failures.delete(account)
      return 'right'
    }
    if (password !== undefined) {
      const failed = inARow + 1
      const locks = failed >= MOST_FAILURES
      this.failures.set(account, { inARow: locks ? 0 : failed, lockedUntil: locks ? this.now() + LOCKED_MS : 0 })
    }
    return 'wrong'
  }
}

/**
 * The password of one account, for whoever may read the data directory.
 *
 * @throws ConfigurationError when the directory holds none, or none for this account
 */
export function readAccountPassword(dataDirectory: string, account: string): string {
  let passwords: Passwords
  try {
    passwords = JSON.parse(readSecretFile(fileIn(dataDirectory))) as Passwords
  } catch (failure) {
    if (failure instanceof ConfigurationError) throw failure
    throw new ConfigurationError(
      'This data directory holds no evaluation accounts; has the service run in evaluation mode?',
    )
  }
  const password = Object.hasOwn(passwords, account) ? passwords[account] : undefined
  if (password === undefined)
    throw new ConfigurationError('There is no such evaluation account.', { accounts: Object.keys(passwords) })
  return password
}

function loadPasswords(dataDirectory: string, accounts: readonly string[]): Passwords {
  const path = fileIn(dataDirectory)
  const complete = (kept: Passwords): Passwords => ({
    ...Object.fromEntries(accounts.map((name) => [name, randomPassword()])),
    ...kept,
  })
  const kept = JSON.parse(readOrCreateSecretFile(path, () => serialise(complete({})))) as Passwords
  if (accounts.every((name) => name in kept)) return kept
  const completed = complete(kept)
  replaceSecretFile(path, serialise(completed))
  return completed
}

/** Sixty random bits, as `k7qx-9m2t-04ze`. */
function randomPassword(): string {
  const group = () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

function serialise(passwords: Passwords): string {
  return JSON.stringify(passwords, null, 2)
}
