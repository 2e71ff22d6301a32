import { createHash, randomUUID, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import type { Caller } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'
import { AccessRecorder } from '../../journal/access-recorder.js'
import { Journal } from '../../journal/journal.js'
import { requirePast } from '../as-of.js'
import { AuditEntries } from '../audit-entries.js'
import { EntryValuesReader } from '../entry-values.js'
import { requireShownFields, type AuditFilter, type AuditScope } from '../audit-filter.js'
import { placeOf, type AuditOrder, type Place } from '../audit-order.js'
import type { AuditEntryRow } from '../audit-entry.row.js'
import type { AuditEvent } from '../events.js'
import type { PrintedCopy } from './audit-page.js'
import { ExportSigner } from './export-signer.js'
import { ENTRY_WRITERS, type EntryWriter, type ExportFormat } from './formats.js'
import { MANIFEST_FORMAT, type ExportManifest } from './manifest.js'
import { exportReadme } from './readme.js'
import { signedArchive } from './signed-archive.js'

export interface AuditExport {
  fileName: string
  /** A zip archive: the data, its manifest, the manifest's signature and how to check them. */
  archive: Readable
}

export interface ExportRequest {
  format: ExportFormat
  filter: AuditFilter
  scope: AuditScope
}

/** What the data turned out to be; complete once the data stream has ended. */
interface Tally {
  digest: Hash
  bytes: number
  count: number
  firstPosition: number | null
  lastPosition: number | null
}

const BY_POSITION: AuditOrder = { by: 'position', direction: 'asc' }
/** Entries in memory at a time. */
const PAGE = 1_000
/** What machines read has its count and digest in the manifest alone. */
const NO_LIST = { count: 0, listDigest: '' }

/** Copies of the audit trail that stand on their own: streamed in bounded memory, signed, and on record in the ledger. */
@Injectable()
export class ExportAudit {
  constructor(
    private readonly entries: AuditEntries,
    private readonly journal: Journal,
    private readonly signer: ExportSigner,
    private readonly access: AccessRecorder,
    private readonly values: EntryValuesReader,
  ) {}

  /**
   * Starts an export. The archive ends with an error, and so without its manifest, when something fails on the way.
   *
   * @throws InvalidRequest `position-in-future`; Forbidden `audit-field-withheld`
   */
  async start(context: CommandContext, caller: Caller, request: ExportRequest): Promise<AuditExport> {
    const { format, filter, scope } = request
    requireShownFields(scope, Object.keys(filter))
    await requirePast(this.journal.store, filter.asOfPosition)
    const { size, checkpoint } = await this.journal.store.head()
    const id = randomUUID()
    const belowPosition = filter.asOfPosition ?? size
    await this.record(context, id, { type: 'audit.export-started', data: { format, filter, belowPosition } })

    const tally: Tally = { digest: createHash('sha256'), bytes: 0, count: 0, firstPosition: null, lastPosition: null }
    const writer = ENTRY_WRITERS[format]
    const fixed = { ...request, filter: { ...filter, asOfPosition: belowPosition } }
    if (caller.org !== undefined) await this.discloseTo(caller.org, context, fixed)
    const by = { id: caller.id, role: caller.role, ...(caller.org !== undefined && { org: caller.org }) }
    const list = writer.showsValues ? await this.listOf(fixed) : NO_LIST
    const copy: PrintedCopy = {
      export: id,
      createdAt: new Date().toISOString(),
      by,
      filter,
      belowPosition,
      checkpoint,
      ...list,
    }
    const data = Readable.from(this.lines(context, fixed, { writer, copy }, tally), { objectMode: false })
    const seal = async () => {
      const file = { file: `audit.${format}`, format, mediaType: writer.mediaType }
      const { digest, bytes, ...found } = tally
      const sha256 = digest.digest('hex')
      const exported = { type: 'audit.exported', data: { format, count: found.count, sha256 } } as const
      const exportedAtPosition = await this.record(context, id, exported)
      const manifest: ExportManifest = {
        format: MANIFEST_FORMAT,
        export: id,
        createdAt: new Date().toISOString(),
        by: { ...by, minimisation: scope.minimisation },
        filter,
        belowPosition,
        ...found,
        data: { ...file, bytes, sha256 },
        log: { checkpoint, exportedAtPosition },
      }
      return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    }
    const file = { name: `audit.${format}`, data }
    const content = { readme: exportReadme(file.name, writer.showsValues), files: [file], seal }
    const archive = Readable.from(signedArchive(content, this.signer), { objectMode: false })
    return { fileName: `audit-${id}.zip`, archive }
  }

  /**
   * A certified copy is kept by whoever took it: for each person it is about, that is a disclosure to an organisation that does not
   * hold their record, accounted for like a reading (45 CFR 164.528) and told of an erasure like one (GDPR Art 19).
   */
  private async discloseTo(org: string, context: CommandContext, { filter, scope }: ExportRequest): Promise<void> {
    const { idempotencyKey: _idempotencyKey, ...once } = context
    const persons = await this.entries.countOfSubjects(filter, scope, org)
    const readings = persons.map((each) => ({
      ...each,
      trial: filter.trial,
      what: ['certified copy of the audit trail'],
    }))
    for (let from = 0; from < readings.length; from += PAGE)
      await this.access.openedAll(once, readings.slice(from, from + PAGE))
  }

  /** How many entries there are and the digest of their list, for the head of a print: the trail below a position does not change. */
  private async listOf(request: ExportRequest): Promise<Pick<PrintedCopy, 'count' | 'listDigest'>> {
    const digest = createHash('sha256')
    let count = 0
    for await (const rows of this.pages(request)) {
      for (const { position, eventId } of rows) digest.update(`${position} ${eventId}\n`)
      count += rows.length
    }
    return { count, listDigest: digest.digest('hex') }
  }

  private async *lines(
    context: CommandContext,
    request: ExportRequest,
    { writer, copy }: { writer: EntryWriter; copy: PrintedCopy },
    tally: Tally,
  ) {
    const { scope } = request
    yield counted(writer.head(copy), tally)
    for await (const rows of this.pages(request)) {
      const entries = await this.entries.shown(context, rows, scope)
      const values = writer.showsValues ? await this.values.of(context, rows, scope) : []
      yield counted(entries.map((entry, index) => writer.line(entry, values[index])).join(''), tally)
      tally.count += rows.length
      tally.firstPosition ??= rows[0]!.position
      tally.lastPosition = rows.at(-1)!.position
    }
    yield counted(writer.end, tally)
  }

  private async *pages({ filter, scope }: ExportRequest): AsyncGenerator<AuditEntryRow[]> {
    for (let after: Place | undefined; ;) {
      const rows = await this.entries.read(filter, scope, { order: BY_POSITION, limit: PAGE, after })
      if (rows.length > 0) yield rows
      if (rows.length < PAGE) return
      after = placeOf(rows.at(-1)!, BY_POSITION)
    }
  }

  private async record(context: CommandContext, id: string, event: AuditEvent): Promise<number> {
    const { idempotencyKey: _idempotencyKey, ...once } = context
    const { events } = await this.journal.append(once, [
      { stream: `audit-export-${id}`, expectedRevision: 'any', entries: [{ event }] },
    ])
    return events[0]!.position
  }
}

function counted(text: string, tally: Tally): Buffer {
  const bytes = Buffer.from(text)
  tally.digest.update(bytes)
  tally.bytes += bytes.length
  return bytes
}
