/** Room for events: partitions are made while the ones before them are half full. */
import type { Pool } from 'pg'

/** Partitions are made this far ahead of the head: half a partition. */
const ROOM_AHEAD = 2 ** 23

export class RoomAhead {
  private until = 0
  private making = false

  /** @param onFailure the next partition could not be made; appends go on while there is room */
  constructor(
    private readonly pool: Pool,
    private readonly onFailure?: (error: unknown) => void,
  ) {}

  async makeFor(size: number): Promise<void> {
    await this.pool.query('select ledger.extend($1)', [size + ROOM_AHEAD])
    this.until = size + ROOM_AHEAD
  }

  /** Appends go on meanwhile; should it fail, the next commit tries again, millions of events before the room ends. */
  makeAside(size: number): void {
    if (size + ROOM_AHEAD / 2 <= this.until || this.making) return
    this.making = true
    this.makeFor(size)
      .catch((error: unknown) => this.onFailure?.(error))
      .finally(() => (this.making = false))
  }
}
