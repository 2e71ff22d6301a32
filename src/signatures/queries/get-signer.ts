import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import type { SigningConfiguration } from '../../platform/configuration.js'
import { ATTESTATION } from '../meanings.js'
import { signerDecider, signerStream } from '../signer.js'
import { acrValues, SIGNING_CONFIGURATION } from '../step-up.js'

export interface SignerView {
  /** Pseudonymous actor id. */
  signer: string
  /** Whether the declaration was made. */
  attested: boolean
  /** What is declared. */
  declaration: typeof ATTESTATION
  /** What to ask the issuer for before declaring (RFC 9470 §4). */
  acrValues: readonly string[]
  maxAge: number
}

/** A person as signer. */
export class GetSigner extends Query<SignerView> {
  constructor(readonly actor: string) {
    super()
  }
}

@QueryHandler(GetSigner)
export class GetSignerHandler implements IQueryHandler<GetSigner> {
  constructor(
    private readonly journal: Journal,
    @Inject(SIGNING_CONFIGURATION) private readonly signing: SigningConfiguration,
  ) {}

  /** @throws Unavailable `signing-not-configured` */
  async execute({ actor }: GetSigner): Promise<SignerView> {
    const { state } = await this.journal.load(signerDecider(this.signing), signerStream(actor))
    return {
      signer: actor,
      attested: state.attestation !== null,
      declaration: ATTESTATION,
      acrValues: acrValues('all', this.signing),
      maxAge: this.signing.maxAgeSeconds,
    }
  }
}
