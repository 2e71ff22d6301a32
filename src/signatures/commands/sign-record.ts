import { randomUUID } from 'node:crypto'
import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { SigningConfiguration } from '../../platform/configuration.js'
import { RevisionConflict } from '../../platform/errors.js'
import type { SignatureMade, SignerSigned } from '../events.js'
import { SignatureKeyBook } from '../keys/signature-key-book.js'
import { SignableRecords } from '../signable-records.js'
import { recordOf, signStatement, STATEMENT_FORMAT, type SignedStatement } from '../signed-statement.js'
import { openSigning, signerDecider, signerStream, type OpenSigning } from '../signer.js'
import { SIGNING_CONFIGURATION, type StepUp } from '../step-up.js'

export interface SignatureReceipt {
  signature: string
  record: { stream: string; revision: number }
  signedAt: string
  position: number
}

export const signatureStream = (signature: string): string => `signature-${signature}`

/** A signature loses the race against another act of the same person; it is judged again so often. */
const MAX_ATTEMPTS = 3

/**
 * Makes the signature that was opened under `request`, now that the person has authenticated. The authentication and the
 * signature are recorded together or not at all.
 */
export class SignRecord extends Command<SignatureReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly signing: { request: string; stepUp: StepUp },
  ) {
    super()
  }
}

@CommandHandler(SignRecord)
export class SignRecordHandler implements ICommandHandler<SignRecord> {
  constructor(
    private readonly journal: Journal,
    private readonly records: SignableRecords,
    private readonly keys: SignatureKeyBook,
    @Inject(SIGNING_CONFIGURATION) private readonly rules: SigningConfiguration,
  ) {}

  /**
   * @throws StepUpRequired the authentication does not do; Forbidden `signer-not-attested`
   * @throws NotFound `signing-request-not-found`; Conflict `signing-request-used`, `signing-request-expired`, `record-changed`
   */
  async execute({ context, signing }: SignRecord): Promise<SignatureReceipt> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.sign(context, signing)
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }

  private async sign(context: CommandContext, { request, stepUp }: SignRecord['signing']): Promise<SignatureReceipt> {
    const { idempotencyKey: _key, ...once } = context
    const decider = signerDecider(this.rules)
    const stream = signerStream(context.actor.id)
    const { state, revision } = await this.journal.load(decider, stream)
    const signature = randomUUID()
    const now = new Date().toISOString()
    const opened = openSigning(state, request, now)
    const [signed] = decider.decide(state, { do: 'sign', request, signature, stepUp, now })
    const made = await this.make(context, opened, {
      attestation: state.attestation!,
      signed: (signed as SignerSigned).data,
      now,
    })
    const { subject, trial } = made.header
    const { events } = await this.journal.append(once, [
      { stream, expectedRevision: revision, entries: [{ event: signed! }] },
      {
        stream: signatureStream(signature),
        expectedRevision: 'no-stream',
        entries: [{ event: made.event, subject, trial }],
      },
    ])
    const record = { stream: opened.stream, revision: opened.revision }
    return { signature, record, signedAt: now, position: events[1]!.position }
  }

  private async make(
    { actor }: CommandContext,
    { stream, revision, meaning }: OpenSigning,
    by: { attestation: number; signed: SignerSigned['data']; now: string },
  ) {
    const { attestation, signed, now } = by
    const stored = await this.records.unchanged(stream, revision)
    const record = recordOf(stored)
    const { privateKey, publicKey } = await this.keys.signing()
    const statement: SignedStatement = {
      format: STATEMENT_FORMAT,
      signature: signed.signature,
      record,
      checkpoint: (await this.journal.store.head()).checkpoint,
      signer: { id: actor.id, role: actor.role, ...(actor.org !== undefined && { org: actor.org }), attestation },
      meaning,
      signedAt: now,
      authentication: { acr: signed.acr, at: signed.authenticatedAt, components: signed.components },
    }
    const { kid } = publicKey
    const jws = await signStatement(statement, kid, privateKey)
    const data = { signature: signed.signature, record, meaning, signedAt: now, attestation, kid, jws }
    const event: SignatureMade = { type: 'signature.made', data }
    return { event, header: stored.header }
  }
}
