import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { Journal } from '../../journal/journal.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { Conflict } from '../../platform/errors.js'
import { SignatureKeyBook } from '../keys/signature-key-book.js'
import type { SignatureMeaning } from '../meanings.js'
import { ShownSignatures } from '../shown-signatures.js'
import { SignableRecords } from '../signable-records.js'
import { SignatureRow } from '../signature.row.js'
import { recordOf, verifyStatement } from '../signed-statement.js'

/** Who signed, and where the log has it: for the event that rests on the signature. */
export interface FoundSignature {
  signature: string
  /** Pseudonymous actor id. */
  signer: string
  role: string
  signedAt: string
  position: number
}

/**
 * For commands of other rooms that need a record signed: `execute(new RequireSignature({ stream, revision, meaning }))`. Waits until
 * every signature made before the question is known, verifies, and answers with the newest one that holds.
 */
export class RequireSignature extends Query<FoundSignature> {
  constructor(
    readonly wanted: { stream: string; revision: number; meaning: SignatureMeaning; signer?: string },
    /** Whose signatures do not do. */
    readonly except: Excluded = { people: [] },
  ) {
    super()
  }
}

/** Pseudonymous actor ids, and whoever made another record that the decision rests on. */
export interface Excluded {
  people: readonly string[]
  authorsOf?: string
}

@QueryHandler(RequireSignature)
export class RequireSignatureHandler implements IQueryHandler<RequireSignature> {
  constructor(
    @InjectRepository(SignatureRow) private readonly rows: Repository<SignatureRow>,
    private readonly journal: Journal,
    private readonly projections: ProjectionEngine,
    private readonly shown: ShownSignatures,
    private readonly records: SignableRecords,
    private readonly keys: SignatureKeyBook,
  ) {}

  /** @throws Conflict `signature-missing`: nobody signed this who may, or what they signed has changed */
  async execute({ wanted, except }: RequireSignature): Promise<FoundSignature> {
    await this.projections.waitFor((await this.journal.store.head()).size)
    const rows = await this.rows.find({ where: wanted, order: { position: 'DESC' } })
    const { keys } = await this.keys.state()
    const changed = await this.records.changeAfter(wanted.stream, wanted.revision)
    for (const { made, data, record } of changed ? [] : await this.shown.eventsOf(rows)) {
      const claim = { jws: data.jws, record: recordOf(record), position: made.position, ...made.header }
      if ('fault' in (await verifyStatement(claim, keys))) continue
      const { id: signer, role } = made.header.actor
      if (await this.isExcluded(signer, except)) continue
      return { signature: data.signature, signer, role, signedAt: data.signedAt, position: made.position }
    }
    throw new Conflict('signature-missing', 'The record has to be signed first.', { meaning: wanted.meaning })
  }

  private async isExcluded(signer: string, { people, authorsOf }: Excluded): Promise<boolean> {
    return people.includes(signer) || (authorsOf !== undefined && (await this.records.hasAuthor(signer, authorsOf)))
  }
}
