/**
 * Carries out what the ledger says was destroyed: at once when it was decided, and again at every start before anything is
 * served, because a restored backup of the vault brings keys back and one of the log brings ciphertext back. Log, tombstones in
 * the vault and the tombstone file each suffice; whichever survived wins.
 */
import { randomUUID } from 'node:crypto'
import { IntegrityError } from '../platform/errors.js'
import type { StoredEvent } from '../ledger/event.js'
import type { EventStore } from '../ledger/event-store.js'
import type { TombstoneFile } from '../vault/tombstone-file.js'
import type { DestroyedKeys, Destruction, Tombstone, Tombstones } from '../vault/tombstones.js'
import type { Vault } from '../vault/vault.js'
import type { CiphertextDeletion } from './ciphertext-deletion.js'
import type { EventCatalogue } from './event-catalogue.js'
import type { Journal } from './journal.js'
import type { DestructionReinstated } from './key-destruction-events.js'
import { SERVICE_ACTOR } from './service-actor.js'

/** Longer than any process goes on sealing under a key that another one destroyed. */
const SETTLED_MS = 30_000
const POSITIONS_A_BATCH = 20_000

export interface KeyDestructionParts {
  store: EventStore
  vault: Vault
  tombstones: Tombstones
  /** Where TWIN_LEDGER_TOMBSTONES points. */
  file: TombstoneFile | undefined
  catalogue: EventCatalogue
  journal: Journal
  ciphertexts: CiphertextDeletion
}

export interface CarriedOut {
  keys: DestroyedKeys[]
  /** Ciphertexts deleted by this call. */
  ciphertexts: number
}

/** What was found and done at a start. */
export interface Replay {
  /** The log is older than the one that was searched last, or another. */
  logReplaced: boolean
  /** Keys that had come back. */
  keys: number
  ciphertexts: number
  /** Destructions the log had lost. */
  reinstated: number
}

export class KeyDestruction {
  constructor(private readonly parts: KeyDestructionParts) {}

  /** False where the store keeps ciphertexts, which nobody can open any more. */
  get deletesCiphertexts(): boolean {
    return this.parts.ciphertexts.possible
  }

  /**
   * Destroys the keys, notes it in the tombstone file and deletes the ciphertext. Call it after the event that says so
   * (a type with `destroysKeys`) is recorded; when it fails, or the process dies, the next sweep does it.
   *
   * @param destruction `event` and `position` as the receipt of that event names them
   * @throws Unavailable `tombstone-file-unwritable` (the keys are destroyed), or what the database throws
   */
  async carryOut(destruction: Destruction): Promise<CarriedOut> {
    const keys = await this.destroy(destruction)
    const unfinished = (await this.parts.tombstones.of(destruction.subject)).filter(
      ({ ciphertextsDeletedAt }) => ciphertextsDeletedAt === null,
    )
    return { keys, ciphertexts: await this.parts.ciphertexts.deleteOf(unfinished) }
  }

  /** Everything that restored backups may have undone. Ends before the service listens. */
  async replay(): Promise<Replay> {
    const { tombstones, file } = this.parts
    let keys = 0
    for (const noted of (await file?.read()) ?? []) keys += destroyed(await this.destroy(noted))
    const search = await this.search()
    keys += search.keys
    for (const tombstone of await tombstones.defied()) keys += destroyed(await this.destroy(asDestruction(tombstone)))
    if (search.logReplaced) await tombstones.reopen()
    const reinstated = await this.reinstateLost()
    const ciphertexts = await this.sweepCiphertexts()
    return { logReplaced: search.logReplaced, keys, ciphertexts, reinstated }
  }

  /** What came since: destructions of processes that died before they carried them out, and ciphertext that came late. */
  async sweep(): Promise<void> {
    await this.search()
    await this.sweepCiphertexts()
  }

  /** Carries out every destruction of the log from where the last search ended. */
  private async search(): Promise<{ logReplaced: boolean; keys: number }> {
    const { store, tombstones, catalogue } = this.parts
    const last = await tombstones.searchedLog()
    const logReplaced = !(await this.contains(last.position - 1, last.event))
    const { size } = await store.head()
    let keys = 0
    const types = catalogue.destroyingTypes()
    for (let from = logReplaced ? 0 : last.position; from < size;) {
      const end = Math.min(from + POSITIONS_A_BATCH, size)
      for (const event of await store.readAll({ from, limit: end - from, types }))
        keys += destroyed(await this.destroy(this.destructionOf(event)))
      const [before] = await store.readAll({ from: end - 1, limit: 1, payloads: false })
      await tombstones.searched({ position: end, event: before!.header.id }, logReplaced)
      from = end
    }
    return { logReplaced, keys }
  }

  private async contains(position: number, id: string | null): Promise<boolean> {
    if (id === null) return true
    const [event] = await this.parts.store.readAll({ from: position, limit: 1, payloads: false })
    return event?.header.id === id
  }

  private destructionOf({ header, position, payload }: StoredEvent): Destruction {
    const { catalogue } = this.parts
    const { id, type, schema, subject } = header
    const read = catalogue.get(type).destroysKeys
    if (!read || payload === null || header.payload.kid !== undefined || subject === undefined)
      throw new IntegrityError('destruction-unreadable', 'An event that destroys keys cannot be read.', { position })
    const data = catalogue.upcast(type, schema, JSON.parse(payload.toString('utf8')) as object)
    return { subject, ...read(data), event: id, position }
  }

  private async destroy(destruction: Destruction): Promise<DestroyedKeys[]> {
    const { vault, file } = this.parts
    const keys = await vault.destroy(destruction)
    await file?.note({ ...destruction, kids: keys.flatMap(({ kids }) => kids) })
    return keys
  }

  /** Says in the log what only tombstones know. Several processes that start at once record it once: the id is derived. */
  private async reinstateLost(): Promise<number> {
    const { store, tombstones, journal } = this.parts
    const all = await tombstones.all()
    const known = new Set(
      (await store.find([...new Set(all.map(({ event }) => event))])).map(({ header }) => header.id),
    )
    const lost = all.filter(({ event }) => !known.has(event))
    for (const tombstone of lost) {
      const { subject, class: keyClass, kids, event } = tombstone
      const data = { classes: [keyClass], kids, event }
      const reinstated: DestructionReinstated = { type: 'keys.destruction-reinstated', data }
      const id = journal.deriveEventId('destruction-reinstated', subject, keyClass, event)
      const { events } = await journal.append({ actor: SERVICE_ACTOR, correlation: randomUUID() }, [
        { stream: `keys-${subject}`, expectedRevision: 'any', entries: [{ event: reinstated, subject, id }] },
      ])
      await tombstones.ground(tombstone, id, events[0]!.position)
    }
    return lost.length
  }

  private async sweepCiphertexts(): Promise<number> {
    const { tombstones } = this.parts
    const unfinished = await tombstones.unfinished()
    const deleted = await this.parts.ciphertexts.deleteOf(unfinished)
    await tombstones.finish(unfinished, SETTLED_MS)
    return deleted
  }
}

const destroyed = (keys: readonly DestroyedKeys[]): number => keys.reduce((sum, key) => sum + key.destroyed, 0)

const asDestruction = ({ subject, class: keyClass, kids, event, position }: Tombstone): Destruction => ({
  subject,
  classes: [keyClass],
  kids,
  event,
  position,
})
