/** What was done to the keys that wrap the keys of persons. One stream: such acts are few. Ids and counts, no key material. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const CUSTODY_STREAM = 'key-custody-5b7d2c84-1f3a-4c0e-9a51-7e2f8d6b4c19'

/** A new version wraps from now on. Equal ids: the provider rotated and does not name its versions. */
export type KeyEncryptionKeyRotated = DomainEvent<'custody.key-rotated', { from: string; to: string }>
/** A batch of data keys was opened and wrapped anew; `failed` could not be opened, `remaining` are wrapped by others. */
export type KeysRewrapped = DomainEvent<
  'custody.keys-rewrapped',
  { to: string; rewrapped: number; failed: number; remaining: number }
>
/** Nothing is wrapped by it any more, and nothing may be again. */
export type KeyEncryptionKeyRetired = DomainEvent<'custody.key-retired', { key: string }>

export type CustodyEvent = KeyEncryptionKeyRotated | KeysRewrapped | KeyEncryptionKeyRetired

export const CUSTODY_EVENT_TYPES = eventTypes<CustodyEvent>({
  'custody.key-rotated': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The key-encryption key was rotated from ${data.from} to ${data.to}.`
        : 'The key-encryption key was rotated.',
  },
  'custody.keys-rewrapped': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `${data.rewrapped} key(s) were wrapped anew by ${data.to}; ${data.remaining} are wrapped by others.`
        : 'Keys were wrapped anew.',
  },
  'custody.key-retired': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The key-encryption key ${data.key} was retired.` : 'A key-encryption key was retired.',
  },
})
