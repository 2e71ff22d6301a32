/** What a start had to put right about destroyed keys. Stream: `keys-<subject>`. */
import type { KeyClass } from '../vault/key-class.js'
import { eventTypes, type DomainEvent } from './event-type.js'

/** The log was restored from before a destruction that a tombstone still knows; the destruction holds all the same. */
export type DestructionReinstated = DomainEvent<
  'keys.destruction-reinstated',
  {
    classes: readonly KeyClass[]
    kids: readonly string[]
    /** Id of the event that was lost with the newer log. */
    event: string
  }
>

export const KEY_DESTRUCTION_EVENT_TYPES = eventTypes<DestructionReinstated>({
  'keys.destruction-reinstated': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `An erasure that a restored backup did not know was carried out again: ${data.classes.join(', ')}.`
        : 'An erasure that a restored backup did not know was carried out again.',
    destroysKeys: ({ classes, kids }) => ({ classes, kids }),
  },
})
