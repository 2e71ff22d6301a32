/** Store, vault and journal of one process over a test database, opened anew for each start. */
import { randomUUID } from 'node:crypto'
import { sealedPositions } from '../../../src/audit/sealed-positions.js'
import { CiphertextDeletion } from '../../../src/journal/ciphertext-deletion.js'
import { EventCatalogue } from '../../../src/journal/event-catalogue.js'
import { eventTypes, type DomainEvent } from '../../../src/journal/event-type.js'
import { Journal } from '../../../src/journal/journal.js'
import { KEY_DESTRUCTION_EVENT_TYPES } from '../../../src/journal/key-destruction-events.js'
import { KeyDestruction } from '../../../src/journal/key-destruction.js'
import { deletePayloads } from '../../../src/ledger/postgres/delete-payloads.js'
import { FORGETTING_EVENT_TYPES } from '../../../src/privacy/forgetting/events.js'
import type { DerivedSecrets } from '../../../src/vault/derived-secrets.js'
import type { KeyClass } from '../../../src/vault/key-class.js'
import type { KeyEncryption } from '../../../src/vault/key-encryption.js'
import { TombstoneFile } from '../../../src/vault/tombstone-file.js'
import { Tombstones } from '../../../src/vault/tombstones.js'
import { Vault } from '../../../src/vault/vault.js'
import type { TestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'

type Noted = DomainEvent<'record.noted', { class: KeyClass; text: string }>
const RECORD_EVENT_TYPES = eventTypes<Noted>({
  'record.noted': { schema: 1, sealedUnder: ({ class: keyClass }) => keyClass, describe: () => 'Noted.' },
})

export interface CustodyOptions {
  keyEncryption: KeyEncryption
  secrets: DerivedSecrets
  /** Path of the tombstone file. */
  tombstoneFile?: string
}

export type Custody = Awaited<ReturnType<typeof openCustody>>

export async function openCustody(db: TestDatabase, { keyEncryption, secrets, tombstoneFile }: CustodyOptions) {
  const store = await openTestStore(db)
  const pool = db.servicePool
  const vault = new Vault(pool, keyEncryption)
  const catalogue = new EventCatalogue([RECORD_EVENT_TYPES, FORGETTING_EVENT_TYPES, KEY_DESTRUCTION_EVENT_TYPES])
  const journal = new Journal(store, vault, secrets, catalogue)
  const tombstones = new Tombstones(pool)
  const destruction = new KeyDestruction({
    store,
    vault,
    tombstones,
    file: tombstoneFile === undefined ? undefined : new TombstoneFile(tombstoneFile),
    catalogue,
    journal,
    ciphertexts: new CiphertextDeletion(
      store,
      (subjects, kids) => sealedPositions(pool, subjects, kids),
      (position, positions) => deletePayloads(pool, position, positions),
    ),
  })
  const context = () => ({ actor: { id: 'steward-1', role: 'steward' }, correlation: randomUUID() })

  /** Records something personal; returns its stream. */
  const note = async (subject: string, keyClass: KeyClass, text: string): Promise<string> => {
    const stream = `record-${randomUUID()}`
    const event: Noted = { type: 'record.noted', data: { class: keyClass, text } }
    await journal.append(context(), [{ stream, expectedRevision: 'no-stream', entries: [{ event, subject }] }])
    return stream
  }
  /** What is read of a stream with one event: its text, or `erased`. */
  const read = async (stream: string): Promise<string> => {
    const [event] = await journal.read(stream)
    return (event!.data as Noted['data'] | null)?.text ?? 'erased'
  }
  /** True while the ciphertext of a stream's event is in the log. */
  const holdsCiphertext = async (stream: string) => (await store.readStream(stream))[0]!.payload !== null

  /** Records that the classes are destroyed, as an erasure does; returns what `carryOut` wants to know. */
  const decide = async (subject: string, classes: readonly KeyClass[]) => {
    const { rows } = await pool.query<{ kid: string }>(
      'select kid from vault.subject_key where subject = $1 and class = any ($2)',
      [subject, classes],
    )
    const kids = rows.map(({ kid }) => kid)
    const event = { type: 'privacy.keys-destroyed' as const, data: { erasure: randomUUID(), classes, kids } }
    const { events } = await journal.append(context(), [
      { stream: `forgetting-${subject}`, expectedRevision: 'any', entries: [{ event, subject }] },
    ])
    return { subject, classes, kids, event: events[0]!.id, position: events[0]!.position }
  }
  const erase = async (subject: string, classes: readonly KeyClass[]) =>
    destruction.carryOut(await decide(subject, classes))

  return {
    store,
    vault,
    journal,
    tombstones,
    destruction,
    note,
    read,
    holdsCiphertext,
    decide,
    erase,
    close: () => store.close(),
  }
}
