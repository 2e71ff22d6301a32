import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import type { EventHeader, StoredEvent } from '../ledger/event.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../platform/errors.js'
import { isStreamName } from '../ledger/event-header.js'
import { INDEPENDENT_MEANINGS, type SignatureMeaning } from './meanings.js'

/** A later event that changed a record. */
export interface RecordChange {
  revision: number
  position: number
  type: string
  recordedAt: string
}

/** Streams about signing and reading themselves: a signature on them would say nothing. */
const NOT_RECORDS = /^(signature|signer|signature-keys|access)-[0-9a-f]{8}-/
const PAGE = 200

/** Records as they are signed: one revision of one stream, and what came after it. */
@Injectable()
export class SignableRecords {
  constructor(private readonly journal: Journal) {}

  /** @throws InvalidRequest `record-not-signable`; NotFound `record-not-found` */
  async at(stream: string, revision: number): Promise<StoredEvent> {
    if (!isStreamName(stream) || NOT_RECORDS.test(stream))
      throw new InvalidRequest('record-not-signable', 'This is not a record that can be signed.')
    const [event] = await this.journal.store.readStream(stream, { from: revision, limit: 1, payloads: false })
    if (!event) throw new NotFound('record-not-found', 'There is no such record, or not at this revision.')
    return event
  }

  /** The record, as long as it is what it was at this revision. @throws Conflict `record-changed`, and what `at` throws */
  async unchanged(stream: string, revision: number): Promise<StoredEvent> {
    const event = await this.at(stream, revision)
    const change = await this.changeAfter(stream, revision)
    if (change)
      throw new Conflict('record-changed', 'The record changed since; look at it again and sign what it says now.', {
        revision: change.revision,
      })
    return event
  }

  /** The first event behind the revision that changed the record; null while it says what was signed. */
  async changeAfter(stream: string, revision: number): Promise<RecordChange | null> {
    for await (const { header, position } of this.headers(stream, revision + 1)) {
      const { revision: changed, type, recordedAt } = header
      if (this.changes(header)) return { revision: changed, position, type, recordedAt }
    }
    return null
  }

  /**
   * Nobody reviews, approves or verifies what they made, and nobody else claims to have made it.
   *
   * @throws Forbidden `signer-is-author`, `signer-is-not-author`
   */
  async requireStanding(signer: string, meaning: SignatureMeaning, stream: string, revision: number): Promise<void> {
    const independent = INDEPENDENT_MEANINGS.includes(meaning)
    if (!independent && meaning !== 'authorship') return
    const isAuthor = await this.hasAuthor(signer, stream, revision)
    if (independent && isAuthor)
      throw new Forbidden('signer-is-author', 'Who made a record cannot review, approve or verify it.')
    if (meaning === 'authorship' && !isAuthor)
      throw new Forbidden('signer-is-not-author', 'Only who made a record can sign for having made it.')
  }

  /** Whether somebody made the record or changed it, up to a revision or so far. */
  async hasAuthor(actor: string, stream: string, revision = Infinity): Promise<boolean> {
    for await (const { header } of this.headers(stream, 0)) {
      if (header.revision > revision) return false
      if (header.actor.id === actor && this.changes(header)) return true
    }
    return false
  }

  private changes({ type }: Pick<EventHeader, 'type'>): boolean {
    return this.journal.catalogue.get(type).changesRecord !== false
  }

  private async *headers(stream: string, from: number): AsyncGenerator<StoredEvent> {
    for (let next = from; ; next += PAGE) {
      const page = await this.journal.store.readStream(stream, { from: next, limit: PAGE, payloads: false })
      yield* page
      if (page.length < PAGE) return
    }
  }
}
