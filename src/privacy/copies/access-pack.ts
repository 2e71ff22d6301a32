import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ExportSigner } from '../../audit/export/export-signer.js'
import { signedArchive } from '../../audit/export/signed-archive.js'
import { CountSubjectEvents } from '../../audit/queries/count-subject-events.js'
import { ListRecipients } from '../../audit/queries/list-recipients.js'
import { FindOptOut } from '../../consents/queries/find-opt-out.js'
import { FindRestrictions } from '../../consents/queries/find-restrictions.js'
import { AccountDisclosures } from '../../disclosures/queries/account-disclosures.js'
import { SuspendedAgencies } from '../../disclosures/queries/suspended-agencies.js'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { EventCatalogue } from '../../journal/event-catalogue.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { ListPermits } from '../../permits/queries/list-permits.js'
import { ArmsOfPerson } from '../../randomisation/queries/arms-of-person.js'
import { ListTwins } from '../../twins/queries/list-twins.js'
import { ConsentReceipts, type SignedReceipt } from '../receipts/consent-receipts.js'
import { RequestJournal } from '../requests/request-journal.js'
import { aboutThePerson, noteEvent, type About } from './about.js'
import { requireGranted } from './granted.js'
import { entryOf, entryRow, PACK_END, packHead, type PackEntry } from './pack-entry.js'
import { PACK_README } from './pack-readme.js'
import { SubjectRecords } from './subject-records.js'

export const PACK_FORMAT = 'twin-ledger-access-pack/1'
/** More twins than this of one person would be a fault; they are merged. */
const MOST_TWINS = 100

export interface Copy {
  fileName: string
  content: Readable
}

/**
 * The copy of Art 15(3): all that the log has about a person, for machines and for print, with purposes, recipients and the logic
 * of the models that ran. It is opened page by page while it is sent; nothing of it rests in clear text.
 */
@Injectable()
export class AccessPack {
  constructor(
    private readonly records: SubjectRecords,
    private readonly requests: RequestJournal,
    private readonly access: AccessRecorder,
    private readonly catalogue: EventCatalogue,
    private readonly signer: ExportSigner,
    private readonly queries: QueryBus,
    private readonly receipts: ConsentReceipts,
  ) {}

  /**
   * @throws NotFound `privacy-request-not-found`; Conflict `privacy-copy-not-granted`: no request for access was granted
   * @throws Unavailable `projection-behind`
   */
  async start(context: CommandContext, request: string): Promise<Copy> {
    const state = await this.requests.existing(request)
    requireGranted(state, 'access')
    const { subject } = state.received
    const { size, checkpoint } = await this.records.settled()
    const count = await this.queries.execute(new CountSubjectEvents(subject))
    const { idempotencyKey: _key, ...once } = context
    await this.access.opened(once, { subject, what: ['access-pack'], count })

    const untold = await this.queries.execute(new SuspendedAgencies(subject))
    const about = await this.about(once, subject, untold)
    const permits = await this.queries.execute(new ListPermits())
    const digests = new Map<string, string>()
    const receipts: SignedReceipt[] = []
    let entries = 0
    const lines = this.entries(subject, size, untold, (event) => {
      entries++
      noteEvent(about, event, permits)
    })
    const file = (name: string, text: AsyncGenerator<string>) => ({
      name,
      data: Readable.from(digested(name, text, digests), { objectMode: false }),
    })
    const files = [
      file(
        'events.ndjson',
        mapped(lines, (entry) => `${JSON.stringify(entry)}\n`),
      ),
      file(
        'about.json',
        single(() => `${JSON.stringify(about, null, 2)}\n`),
      ),
      file('consent-receipts.ndjson', this.receiptLines(subject, receipts)),
      file('my-data.html', this.page(subject, size, untold, { about, receipts })),
    ]
    const seal = async () => {
      const sha256 = digests.get('events.ndjson')!
      const copy = { copy: 'access-pack', entries, sha256 } as const
      const { position } = await this.requests.record(once, { request, subject }, { type: 'record-copy', copy })
      const manifest = {
        format: PACK_FORMAT,
        copy: randomUUID(),
        request,
        subject,
        createdAt: new Date().toISOString(),
        belowPosition: size,
        entries,
        files: [...digests].map(([name, digest]) => ({ name, sha256: digest })),
        log: { checkpoint, recordedAtPosition: position },
      }
      return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    }
    const content = Readable.from(signedArchive({ readme: PACK_README, files, seal }, this.signer), {
      objectMode: false,
    })
    return { fileName: `access-${request}.zip`, content }
  }

  private async about(context: CommandContext, subject: string, untold: ReadonlySet<string>): Promise<About> {
    const [recipients, accounting, restrictions, optOut, arms, { twins }] = await Promise.all([
      this.queries.execute(new ListRecipients(subject)),
      this.queries.execute(new AccountDisclosures(subject, 'person')),
      this.queries.execute(new FindRestrictions(subject)),
      this.queries.execute(new FindOptOut(subject)),
      this.queries.execute(new ArmsOfPerson(context, subject)),
      this.queries.execute(new ListTwins({ scope: { subject } }, MOST_TWINS)),
    ])
    const told = recipients.filter(({ recipient }) => !untold.has(recipient))
    const { disclosures } = accounting
    return aboutThePerson(subject, { recipients: told, disclosures, restrictions, optOut, arms, twins })
  }

  private async *entries(
    subject: string,
    below: number,
    untold: ReadonlySet<string>,
    note: (event: RecordedEvent) => void = () => undefined,
  ): AsyncGenerator<PackEntry> {
    for await (const events of this.records.of(subject, below))
      for (const event of events) {
        // An agency that suspended the accounting is not told of by the record of its reading either (45 CFR 164.528(a)(2)).
        if (untold.has(event.header.actor.org ?? '')) continue
        // The accounting tells of the others that data were handed to.
        if (untold.size > 0 && event.type === 'disclosure.recorded') continue
        note(event)
        yield entryOf(event, this.catalogue)
      }
  }

  /** Collects what it writes, so that the page shows the same receipts. */
  private async *receiptLines(subject: string, made: SignedReceipt[]): AsyncGenerator<string> {
    for await (const receipt of this.receipts.all(subject)) {
      made.push(receipt)
      yield `${JSON.stringify(receipt)}\n`
    }
  }

  private async *page(
    subject: string,
    below: number,
    untold: ReadonlySet<string>,
    { about, receipts }: { about: About; receipts: readonly SignedReceipt[] },
  ): AsyncGenerator<string> {
    yield packHead(about, receipts)
    for await (const entry of this.entries(subject, below, untold)) yield entryRow(entry)
    yield PACK_END
  }
}

async function* single(text: () => string): AsyncGenerator<string> {
  yield text()
}

async function* mapped<From>(items: AsyncGenerator<From>, write: (item: From) => string): AsyncGenerator<string> {
  for await (const item of items) yield write(item)
}

async function* digested(
  name: string,
  texts: AsyncGenerator<string>,
  digests: Map<string, string>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const text of texts) {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    yield bytes
  }
  digests.set(name, hash.digest('hex'))
}
