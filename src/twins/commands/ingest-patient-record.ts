import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Caller } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { InvalidRequest, NotFound } from '../../platform/errors.js'
import { IdentifierIndex, type IdentifiedTwin } from '../../vault/identifier-index.js'
import type { Custody } from '../events.js'
import { ingest, resultsOf, type IngestResult, type PatientRecord } from '../ingestion.js'
import { judged } from '../judge-proposal.js'
import { ownedBy } from '../own-identifiers.js'
import type { Proposal } from '../proposal.js'
import { TwinAccess } from '../twin-access.js'
import { TwinReader } from '../twin-reader.js'
import { TwinWriter, type Deciding } from '../twin-writer.js'

export type { IngestOutcome, IngestResult, PatientRecord, SentFact } from '../ingestion.js'

export interface IngestedRecord {
  twin: string
  subject: string
  /** True when this record registered the twin. */
  registered: boolean
  /** Position of the last event recorded; null when everything was known. */
  position: number | null
  /** In the order of the record's facts. */
  results: IngestResult[]
}

/**
 * Takes a person's record from a source system, as one atomic append. The person is found by identifier or registered.
 * Sent again, nothing is recorded twice; a resource with new content corrects the earlier version.
 */
export class IngestPatientRecord extends Command<IngestedRecord> {
  constructor(
    readonly context: CommandContext,
    readonly record: PatientRecord,
    /** Whose right to add to the twin found is asked for; none when the service itself brings data in. */
    readonly caller?: Caller,
  ) {
    super()
  }
}

@CommandHandler(IngestPatientRecord)
export class IngestPatientRecordHandler implements ICommandHandler<IngestPatientRecord> {
  constructor(
    private readonly reader: TwinReader,
    private readonly writer: TwinWriter,
    private readonly identifiers: IdentifierIndex,
    private readonly journal: Journal,
    private readonly access: TwinAccess,
  ) {}

  /**
   * @throws InvalidRequest `identifier-missing`: neither a twin nor an identifier says whose record it is
   * @throws NotFound `twin-not-found`: the twin named does not exist
   * @throws Forbidden the twin is not the caller's to add to; nothing was recorded or reserved
   * @throws Conflict `identifier-conflict`: the identifiers belong to more than one twin; `twin-withdrawn`
   */
  async execute({ context, record, caller }: IngestPatientRecord): Promise<IngestedRecord> {
    if (record.twin !== undefined) await this.mayAddTo(record.twin, caller)
    const { twin, subject } = await this.person(caller ? await this.asKnownTo(caller, context, record) : record)
    await this.mayAddTo(twin, caller)
    let answer: Omit<IngestedRecord, 'position'> | undefined
    const decide = (found: Proposal, deciding: Deciding) => {
      const worked = this.work(found, record, context, deciding)
      const registered = found.state.status === 'unregistered'
      answer = { twin, subject, registered, results: resultsOf(worked.proposal, worked.placed) }
      return worked.proposal
    }
    // The content decides what is new, so a repeated request needs no Idempotency-Key to be recognised.
    const { idempotencyKey: _idempotencyKey, ...anyRequest } = context
    const { position } = await this.writer.change(anyRequest, { twin, subject, request: {}, decide })
    return { ...answer!, position }
  }

  private work(found: Proposal, record: PatientRecord, context: CommandContext, { at }: Deciding) {
    const { proposal, placed } = ingest(found, record, {
      at,
      name: () => randomUUID(),
      deriveEventId: (...parts) => this.journal.deriveEventId('ingest', ...parts),
      custody: custodyOf(record, context),
    })
    return { proposal: judged(proposal, { at, name: () => randomUUID() }), placed }
  }

  /** The record with identifiers that belong to twins of others made the site's own, before anything is reserved. */
  private async asKnownTo(caller: Caller, context: CommandContext, record: PatientRecord): Promise<PatientRecord> {
    const { owner } = custodyOf(record, context)
    const identifiers = await Promise.all(
      record.identifiers.map(async (identifier) => {
        const known = await this.identifiers.lookup(identifier)
        const living = known && (await this.reader.survivorOf(known.twin))
        const isOthers = living && !(await this.access.isOpenTo(caller, living.twin, 'fhir.ingest'))
        return isOthers ? ownedBy(owner, [identifier])[0]! : identifier
      }),
    )
    return { ...record, identifiers }
  }

  private async mayAddTo(twin: string, caller: Caller | undefined): Promise<void> {
    const living = caller && (await this.reader.survivorOf(twin))
    if (living) await this.access.require(caller, 'fhir.ingest', living.twin)
  }

  /** Whose record it is: the last survivor, when the twin was merged since. */
  private async person({ twin, identifiers }: PatientRecord): Promise<IdentifiedTwin> {
    if (twin === undefined && identifiers.length === 0) {
      throw new InvalidRequest('identifier-missing', 'A patient record needs an identifier of the person.')
    }
    const named = twin === undefined ? null : await this.reader.survivorOf(twin)
    if (twin !== undefined && named === null) throw new NotFound('twin-not-found', 'There is no such twin.')
    const proposed = named ?? { twin: randomUUID(), subject: randomUUID() }
    const owner = await this.identifiers.resolveOrReserve(identifiers, proposed)
    return (await this.reader.survivorOf(owner.twin)) ?? { twin: owner.twin, subject: owner.subject }
  }
}

/** Who answers for a person who is new. */
function custodyOf({ custody, source }: PatientRecord, { actor }: CommandContext): Custody {
  const organisation = actor.org ?? source
  return custody ?? { controller: organisation, owner: organisation }
}
