import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { Conflict } from '../../platform/errors.js'
import { IdentifierIndex } from '../../vault/identifier-index.js'
import type { Custody } from '../events.js'
import type { ContactDetails, Demographics, Identifier } from '../facts.js'
import { judged } from '../judge-proposal.js'
import { propose, type Proposal } from '../proposal.js'
import type { TwinCommand } from '../twin.js'
import { TwinWriter, type Deciding, type TwinReceipt } from '../twin-writer.js'

/** What is known of the person when the twin is registered. */
export interface Registration {
  custody: Custody
  source: string
  demographics?: Demographics
  contact?: ContactDetails
  identifiers?: readonly Identifier[]
}

export interface RegisteredTwin extends TwinReceipt {
  subject: string
}

/** Registers a twin for a person who has none yet. */
export class RegisterTwin extends Command<RegisteredTwin> {
  constructor(
    readonly context: CommandContext,
    readonly registration: Registration,
  ) {
    super()
  }
}

@CommandHandler(RegisterTwin)
export class RegisterTwinHandler implements ICommandHandler<RegisterTwin> {
  constructor(
    private readonly writer: TwinWriter,
    private readonly identifiers: IdentifierIndex,
    private readonly journal: Journal,
  ) {}

  /** @throws Conflict `twin-exists`: one of the identifiers belongs to a twin already, `identifier-conflict` */
  async execute({ context, registration }: RegisterTwin): Promise<RegisteredTwin> {
    const proposed = this.newIds(context, registration)
    const { twin, subject } = await this.identifiers.resolveOrReserve(registration.identifiers ?? [], proposed)
    if (twin !== proposed.twin && (await this.isRegistered(twin))) {
      throw new Conflict('twin-exists', 'A twin with one of these identifiers is registered already.', { twin })
    }
    const decide = (proposal: Proposal, deciding: Deciding) =>
      judged(register(proposal, registration, deciding), deciding)
    const receipt = await this.writer.change(context, { twin, subject, request: { registration }, decide })
    return { ...receipt, subject }
  }

  /**
   * Random; with an Idempotency-Key the same again, so that a repeated request meets the twin it made. The registration is
   * part of it: whoever uses a key again for somebody else must not reserve that person's identifiers for this twin.
   */
  private newIds(
    { idempotencyKey: key, actor }: CommandContext,
    registration: Registration,
  ): { twin: string; subject: string } {
    if (key === undefined) return { twin: randomUUID(), subject: randomUUID() }
    const body = canonicalJson(JSON.parse(JSON.stringify(registration)))
    const id = (part: string) => this.journal.deriveEventId('twin-registration', actor.id, key, body, part)
    return { twin: id('twin'), subject: id('subject') }
  }

  /** Identifiers may have been reserved by a request that never came to record anything. */
  private async isRegistered(twin: string): Promise<boolean> {
    return (await this.journal.store.revisionOf(`twin-${twin}`)) >= 0
  }
}

/** A registration and everything that comes with it, as commands in their order. */
function register(proposal: Proposal, registration: Registration, deciding: Deciding): Proposal {
  const { custody, source, demographics, contact, identifiers = [] } = registration
  const commands: TwinCommand[] = [
    { type: 'register', custody, source },
    ...(demographics ? [{ type: 'record-demographics' as const, demographics }] : []),
    ...(contact ? [{ type: 'record-contact' as const, contact }] : []),
    ...identifiers.map((identifier) => ({ type: 'add-identifier' as const, identifier })),
  ]
  return commands.reduce((before, command) => propose(before, command, deciding), proposal)
}
