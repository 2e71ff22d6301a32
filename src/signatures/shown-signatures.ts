import { Injectable } from '@nestjs/common'
import { AccessRecorder } from '../journal/access-recorder.js'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import type { StoredEvent } from '../ledger/event.js'
import { IntegrityError } from '../platform/errors.js'
import type { SignatureMade, SignedRecord, SignerAttested } from './events.js'
import { SignatureKeyBook } from './keys/signature-key-book.js'
import type { SignatureMeaning } from './meanings.js'
import { SignableRecords, type RecordChange } from './signable-records.js'
import type { SignatureRow } from './signature.row.js'
import { recordOf, verifyStatement, type SignatureFault } from './signed-statement.js'

/** `voided-by-change`: it verifies, and the record says something else by now. `invalid`: it does not verify; see `fault`. */
export type SignatureStatus = 'valid' | 'voided-by-change' | 'invalid'

/** A signature as every rendering shows it: printed name, time and meaning (21 CFR 11.50), and whether it holds. */
export interface ShownSignature {
  signature: string
  record: Omit<SignedRecord, 'leafHash' | 'payloadDigest' | 'eventId'>
  meaning: SignatureMeaning
  signer: {
    id: string
    role: string
    org?: string
    /** Null when the signer's personal data was erased. */
    name: string | null
  }
  /** RFC 3339, UTC. */
  signedAt: string
  status: SignatureStatus
  /** The first change after signing. */
  voidedBy: RecordChange | null
  fault: SignatureFault | null
  /** Where the log holds the signature. */
  position: number
}

/** The signature's own event and the entry it signs. */
export interface SignatureEvents {
  made: StoredEvent
  data: SignatureMade['data']
  record: StoredEvent
}

/** Makes signatures showable: verifies each against the log, computes whether it is voided, and opens the printed names on record. */
@Injectable()
export class ShownSignatures {
  constructor(
    private readonly journal: Journal,
    private readonly records: SignableRecords,
    private readonly keys: SignatureKeyBook,
    private readonly access: AccessRecorder,
  ) {}

  /** In the order of the rows. @throws IntegrityError `signature-not-in-log`: the read model shows what the log does not have */
  async show(context: CommandContext, rows: readonly SignatureRow[]): Promise<ShownSignature[]> {
    if (rows.length === 0) return []
    const found = await this.eventsOf(rows)
    const { keys } = await this.keys.state()
    const names = await this.printedNames(context, found)
    const shown: ShownSignature[] = []
    for (const { made, data, record } of found) {
      const { leafHash: _leaf, payloadDigest: _digest, eventId: _id, ...place } = recordOf(record)
      const claim = { jws: data.jws, record: recordOf(record), position: made.position, ...made.header }
      const verdict = await verifyStatement(claim, keys)
      const fault = 'fault' in verdict ? verdict.fault : null
      const voidedBy = await this.records.changeAfter(data.record.stream, data.record.revision)
      const { id, role, org } = made.header.actor
      shown.push({
        signature: data.signature,
        record: place,
        meaning: data.meaning,
        signer: { id, role, ...(org !== undefined && { org }), name: names.get(data.attestation) ?? null },
        signedAt: data.signedAt,
        status: fault !== null ? 'invalid' : voidedBy !== null ? 'voided-by-change' : 'valid',
        voidedBy,
        fault,
        position: made.position,
      })
    }
    return shown
  }

  /** @throws IntegrityError `signature-not-in-log` */
  async eventsOf(rows: readonly SignatureRow[]): Promise<SignatureEvents[]> {
    const ids = rows.flatMap(({ eventId, recordEventId }) => [eventId, recordEventId])
    const events = new Map((await this.journal.store.find(ids)).map((event) => [event.header.id, event]))
    const found: SignatureEvents[] = []
    for (const { eventId, recordEventId, signature } of rows) {
      const [made, record] = [events.get(eventId), events.get(recordEventId)]
      const [opened] = made ? await this.journal.openAll([made]) : []
      if (!made || !record || !opened?.data)
        throw new IntegrityError('signature-not-in-log', 'The log does not have this signature.', { signature })
      found.push({ made, record, data: opened.data as SignatureMade['data'] })
    }
    return found
  }

  /** Position of a declaration → the name printed with its signatures. The reading is recorded before a name is shown. */
  private async printedNames(
    context: CommandContext,
    signatures: readonly SignatureEvents[],
  ): Promise<Map<number, string>> {
    const names = new Map<number, string>()
    for (const attestation of new Set(signatures.map(({ data }) => data.attestation))) {
      const stored = await this.journal.store.readAll({ from: attestation, limit: 1 })
      const [event] = await this.journal.openAll(stored)
      const subject = event?.header.subject
      if (event?.type !== 'signer.attested' || !event.data || subject === undefined) continue
      await this.access.opened(context, { subject, what: ['signer-name'], count: 1 })
      names.set(attestation, (event.data as SignerAttested['data']).printedName)
    }
    return names
  }
}
