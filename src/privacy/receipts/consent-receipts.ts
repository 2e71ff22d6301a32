import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ExportSigner } from '../../audit/export/export-signer.js'
import { ListRecipients } from '../../audit/queries/list-recipients.js'
import { foldConsents, readConsents } from '../../consents/consent-reader.js'
import { consentStream, isOverdue, type ConsentRecord } from '../../consents/consent-state.js'
import { SuspendedAgencies } from '../../disclosures/queries/suspended-agencies.js'
import { InclusionProofs } from '../../inspection/inclusion-proofs.js'
import { Journal } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { FindNotice } from '../../notices/queries/find-notice.js'
import { FindNoticeText } from '../../notices/queries/find-notice-text.js'
import { Configuration } from '../../platform/configuration.js'
import { NotFound } from '../../platform/errors.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'
import { erasedClasses } from '../forgetting/forgetting-state.js'
import { receiptOf, type ConsentReceipt } from './consent-receipt.js'
import { stepsOf, type ConsentStep } from './consent-steps.js'

/** An entry of the log, to hold the receipt against. */
export interface ProvenEntry {
  position: number
  /** base64. */
  leaf: string
  /** base64; null where it tells of what was erased. */
  payload: string | null
  /** `.tlog-proof` file (c2sp.org/tlog-proof). */
  proof: string
}

export interface SignedReceipt {
  receipt: ConsentReceipt
  /** Compact JWS (RFC 7515, EdDSA) whose payload is the receipt's canonical JSON (RFC 8785). */
  signature: string
  /** One entry a step, in the order of the log. */
  entries: ProvenEntry[]
}

/** What the receipts of one person have in common. */
interface Person {
  subject: string
  events: readonly RecordedEvent[]
  recipients: readonly string[]
  erased: boolean
  checkpoint: string
}

/** Makes receipts from the log whenever they are asked for; none is kept. Whoever hands one out records that. */
@Injectable()
export class ConsentReceipts {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    private readonly forgetting: ForgettingJournal,
    private readonly proofs: InclusionProofs,
    private readonly signer: ExportSigner,
    private readonly configuration: Configuration,
  ) {}

  /** @throws NotFound `consent-not-found` */
  async of(subject: string, consent: string): Promise<SignedReceipt> {
    const person = await this.person(subject)
    const record = foldConsents(person.events).state.consents.get(consent)
    if (!record) throw new NotFound('consent-not-found', 'The person has no such consent.')
    return this.signed(person, record)
  }

  /** One after the other, in the order in which the consents were first heard of. */
  async *all(subject: string): AsyncGenerator<SignedReceipt> {
    const person = await this.person(subject)
    for (const record of foldConsents(person.events).state.consents.values()) yield await this.signed(person, record)
  }

  private async person(subject: string): Promise<Person> {
    const [streams, recipients, untold, forgetting, { checkpoint }] = await Promise.all([
      readConsents(this.journal, [subject]),
      this.queries.execute(new ListRecipients(subject)),
      this.queries.execute(new SuspendedAgencies(subject)),
      this.forgetting.state(subject),
      this.journal.store.head(),
    ])
    const erased = erasedClasses(forgetting).has('optional-research')
    const told = recipients.map(({ recipient }) => recipient).filter((recipient) => !untold.has(recipient))
    return { subject, events: streams.get(consentStream(subject))!, recipients: told, erased, checkpoint }
  }

  private async signed({ subject, events, ...person }: Person, known: ConsentRecord): Promise<SignedReceipt> {
    const createdAt = new Date().toISOString()
    const record: ConsentRecord = isOverdue(known, createdAt)
      ? { ...known, status: 'expired', endedAt: known.expiresAt }
      : known
    const steps = stepsOf(events, record.consent)
    const { id: notice, version, language, sha256 } = record.notice
    const [text, versions] = await Promise.all([
      this.queries.execute(new FindNoticeText({ notice, version, language })),
      this.queries.execute(new FindNotice(notice)),
    ])
    const receipt = receiptOf({
      receipt: randomUUID(),
      createdAt,
      publicUrl: this.configuration.publicUrl,
      subject,
      record,
      steps,
      // What was published later under the same name is not what the person was shown.
      told: sha256 !== null && text?.sha256 === sha256 ? text : undefined,
      versionInForce: versions.find(({ standing }) => standing === 'in-force')?.version,
      ...person,
    })
    const signature = await this.signer.sign(Buffer.from(canonicalJson(receipt)), 'application/ld+json')
    return { receipt, signature, entries: await this.proven(steps, person.erased) }
  }

  private async proven(steps: readonly ConsentStep[], erased: boolean): Promise<ProvenEntry[]> {
    const stored = await this.journal.store.find(steps.map(({ event }) => event))
    const entries: ProvenEntry[] = []
    for (const { position, leaf, payload } of stored.sort((one, other) => one.position - other.position))
      entries.push({
        position,
        leaf: leaf.toString('base64'),
        payload: erased ? null : (payload?.toString('base64') ?? null),
        proof: await this.proofs.fileFor(String(position)),
      })
    return entries
  }
}
