import { randomUUID } from 'node:crypto'
import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { SigningConfiguration } from '../../platform/configuration.js'
import type { SignedRecord } from '../events.js'
import type { SignatureMeaning } from '../meanings.js'
import { SignableRecords } from '../signable-records.js'
import { recordOf } from '../signed-statement.js'
import { signerDecider, signerStream } from '../signer.js'
import { acrValues, SIGNING_CONFIGURATION, type Components } from '../step-up.js'

export interface SigningRequest {
  /** Names this signing; also the `nonce` to send along when asking the person to authenticate. */
  request: string
  record: SignedRecord
  meaning: SignatureMeaning
  components: Components
  /** What to ask the issuer for (RFC 9470 §4). */
  acrValues: readonly string[]
  maxAge: number
  /** RFC 3339. */
  expiresAt: string
  position: number
}

/** A person says what they are about to sign. An authentication from now on is for this signing and no other. */
export class OpenSigning extends Command<SigningRequest> {
  constructor(
    readonly context: CommandContext,
    readonly what: { stream: string; revision: number; meaning: SignatureMeaning },
  ) {
    super()
  }
}

@CommandHandler(OpenSigning)
export class OpenSigningHandler implements ICommandHandler<OpenSigning> {
  constructor(
    private readonly journal: Journal,
    private readonly records: SignableRecords,
    @Inject(SIGNING_CONFIGURATION) private readonly signing: SigningConfiguration,
  ) {}

  /**
   * @throws InvalidRequest `record-not-signable`; NotFound `record-not-found`; Conflict `record-changed`
   * @throws Forbidden `signer-is-author`, `signer-is-not-author`, `signer-not-attested`; Unavailable `signing-not-configured`
   */
  async execute({ context, what }: OpenSigning): Promise<SigningRequest> {
    const { idempotencyKey: _key, ...once } = context
    const { stream, revision, meaning } = what
    const actor = context.actor.id
    const stored = await this.records.unchanged(stream, revision)
    await this.records.requireStanding(actor, meaning, stream, revision)
    const request = randomUUID()
    const decider = signerDecider(this.signing)
    const command = { do: 'open', request, stream, revision, meaning, now: new Date().toISOString() } as const
    const { events } = await this.journal.execute(once, { stream: signerStream(actor), decider, command })
    const { open } = (await this.journal.load(decider, signerStream(actor))).state
    const { components, expiresAt } = open!
    return {
      request,
      record: recordOf(stored),
      meaning,
      components,
      acrValues: acrValues(components, this.signing),
      maxAge: this.signing.maxAgeSeconds,
      expiresAt,
      position: events[0]!.position,
    }
  }
}
