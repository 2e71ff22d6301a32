import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { ExportSigner } from '../../audit/export/export-signer.js'
import { CountClearEvents } from '../../audit/queries/count-clear-events.js'
import { InclusionProofs } from '../../inspection/inclusion-proofs.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { parseTlogProof } from '../../ledger/log/tlog-proof.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { certificateOf, type SignedCertificate } from '../certificate/certificate.js'
import { residueOf } from '../certificate/residue.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'

/** The certificate of a complete erasure, made from the log whenever it is asked for. */
export class GetCertificate extends Query<SignedCertificate> {
  constructor(
    readonly subject: string,
    readonly erasure: string,
    /** False for those who act without knowing whom it is about. */
    readonly named: boolean,
  ) {
    super()
  }
}

@QueryHandler(GetCertificate)
export class GetCertificateHandler implements IQueryHandler<GetCertificate> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly proofs: InclusionProofs,
    private readonly signer: ExportSigner,
    private readonly queries: QueryBus,
    private readonly projections: ProjectionEngine,
  ) {}

  /** @throws NotFound `erasure-not-found`; Conflict `erasure-not-complete`; Unavailable `projection-behind` */
  async execute({ subject, erasure: id, named }: GetCertificate): Promise<SignedCertificate> {
    const erasure = (await this.forgetting.state(subject)).erasures.get(id)
    if (!erasure) throw new NotFound('erasure-not-found', 'There is no such erasure.')
    const { status, steps } = erasure
    if (status !== 'completed')
      throw new Conflict('erasure-not-complete', 'There is no certificate before the last step.', { status })
    const proofs = []
    for (const { position } of steps) proofs.push({ position, proof: await this.proofs.fileFor(String(position)) })
    const { checkpoint } = parseTlogProof(proofs.at(-1)!.proof)
    const end = steps.at(-1)!.position + 1
    await this.projections.waitPatiently(end)
    const residue = residueOf(await this.queries.execute(new CountClearEvents(subject, end)))
    const certificate = certificateOf(erasure, checkpoint, residue, named ? { subject } : {})
    const signature = await this.signer.sign(Buffer.from(canonicalJson(certificate)), 'application/json')
    return { certificate, signature, proofs }
  }
}
