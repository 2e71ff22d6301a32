/** Deletes ciphertext of the log that no key opens any more. Leaves, tiles and proofs stay as they are. */
import type { EventStore } from '../ledger/event-store.js'
import type { Tombstone } from '../vault/tombstones.js'

/** Where payloads sealed under certain keys lie, as far as somebody who keeps an index knows. */
export interface SealedPositions {
  known: readonly { position: number; kid: string }[]
  /** The index says nothing of this position and what follows. */
  knownBelow: number
}

const EVENTS_A_BATCH = 5_000
const POSITIONS_A_CALL = 1_000

export class CiphertextDeletion {
  constructor(
    private readonly store: EventStore,
    private readonly sealedPositions: (
      subjects: readonly string[],
      kids: readonly string[],
    ) => Promise<SealedPositions>,
    /** @param destruction position of the event that says the keys were destroyed */
    private readonly remove: (destruction: number, positions: readonly number[]) => Promise<number>,
  ) {}

  /** False where the store keeps what it was given, and nothing is ever deleted. */
  get possible(): boolean {
    return this.store.deletesPayloads
  }

  /** Deletes whatever is still there under the keys of these tombstones; returns how many payloads that were. */
  async deleteOf(tombstones: readonly Tombstone[]): Promise<number> {
    if (!this.possible) return 0
    const kids = tombstones.flatMap((tombstone) => tombstone.kids)
    if (kids.length === 0) return 0
    const positions = await this.locate(
      tombstones.map(({ subject }) => subject),
      new Set(kids),
    )
    let deleted = 0
    for (const tombstone of tombstones) {
      const sealed = tombstone.kids.flatMap((kid) => positions.get(kid) ?? [])
      for (let at = 0; at < sealed.length; at += POSITIONS_A_CALL)
        deleted += await this.remove(tombstone.position, sealed.slice(at, at + POSITIONS_A_CALL))
    }
    return deleted
  }

  /** Key id → positions sealed under it: those the index knows, and those found by reading on from there. */
  private async locate(subjects: readonly string[], kids: ReadonlySet<string>): Promise<Map<string, number[]>> {
    const { known, knownBelow } = await this.sealedPositions(subjects, [...kids])
    const positions = new Map<string, number[]>()
    const add = (kid: string, position: number) => {
      const found = positions.get(kid)
      if (found) found.push(position)
      else positions.set(kid, [position])
    }
    for (const { kid, position } of known) add(kid, position)
    const { size } = await this.store.head()
    for (let from = knownBelow; from < size; from += EVENTS_A_BATCH)
      for (const { header, position } of await this.store.readAll({ from, limit: EVENTS_A_BATCH, payloads: false }))
        if (header.payload.kid !== undefined && kids.has(header.payload.kid)) add(header.payload.kid, position)
    return positions
  }
}
