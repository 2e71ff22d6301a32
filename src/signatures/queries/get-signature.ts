import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import type { Pool } from 'pg'
import { Repository } from 'typeorm'
import type { Caller } from '../../identity/caller.js'
import { isVeiled } from '../../identity/policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { LOG_SIGNER, SERVICE_POOL } from '../../journal/journal.tokens.js'
import type { NoteSigner } from '../../ledger/log/note-key.js'
import { proofFiles } from '../../ledger/log/proof-files.js'
import { postgresLogSource } from '../../ledger/postgres/log-source.js'
import { NotFound } from '../../platform/errors.js'
import { SignatureAccess } from '../signature-access.js'
import { ShownSignatures, type ShownSignature, type SignatureEvents } from '../shown-signatures.js'
import { SignatureRow } from '../signature.row.js'

/** All that is needed to verify without this service, beside its published keys (`/api/v1/keys`, `/log/vkey`). */
export interface SignatureEvidence {
  /** Compact JWS; its payload is a SignedStatement. */
  jws: string
  /** The record's entry of the log, base64, and the `.tlog-proof` that it is there. */
  record: { leaf: string; proof: string }
  /** The same of the signature's own entry, with its payload: it says when the log had the signature. */
  signature: { leaf: string; payload: string; proof: string }
  /** Verifies the checkpoints in the proofs (C2SP signed-note); compare it with what you were given another way. */
  vkey: string
}

export interface SignatureView extends ShownSignature {
  /** Null for readers from whom ids of persons are withheld: the entries name them. */
  evidence: SignatureEvidence | null
}

/** One signature with the evidence for it. */
export class GetSignature extends Query<SignatureView> {
  constructor(
    readonly context: CommandContext,
    readonly caller: Caller,
    readonly signature: string,
  ) {
    super()
  }
}

@QueryHandler(GetSignature)
export class GetSignatureHandler implements IQueryHandler<GetSignature> {
  constructor(
    @InjectRepository(SignatureRow) private readonly rows: Repository<SignatureRow>,
    private readonly shown: ShownSignatures,
    private readonly access: SignatureAccess,
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    @Inject(LOG_SIGNER) private readonly log: NoteSigner,
  ) {}

  /** @throws NotFound `signature-not-found`; Forbidden the caller may not see the record */
  async execute({ context, caller, signature }: GetSignature): Promise<SignatureView> {
    const row = await this.rows.findOneBy({ signature })
    if (!row) throw new NotFound('signature-not-found', 'There is no such signature.')
    const [events] = await this.shown.eventsOf([row])
    await this.access.require(caller, 'signature.read', events!.record.header)
    const [view] = await this.shown.show(context, [row])
    const withheld = isVeiled(caller.role) && events!.record.header.subject !== undefined
    return { ...view!, evidence: withheld ? null : await this.evidence(events!) }
  }

  private async evidence({ made, data, record }: SignatureEvents): Promise<SignatureEvidence> {
    const source = postgresLogSource(this.pool)
    const [recordProof, signatureProof] = await proofFiles(source, [record.position, made.position])
    return {
      jws: data.jws,
      record: { leaf: record.leaf.toString('base64'), proof: recordProof! },
      signature: {
        leaf: made.leaf.toString('base64'),
        payload: made.payload!.toString('base64'),
        proof: signatureProof!,
      },
      vkey: this.log.vkey,
    }
  }
}
