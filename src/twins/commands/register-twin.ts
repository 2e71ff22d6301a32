import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Caller } from '../../identity/caller.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { Conflict } from '../../platform/errors.js'
import { type IdentifiedTwin, IdentifierIndex } from '../../vault/identifier-index.js'
import type { Custody } from '../events.js'
import type { ContactDetails, Demographics, Identifier } from '../facts.js'
import { judged } from '../judge-proposal.js'
import { ownedBy } from '../own-identifiers.js'
import { propose, type Proposal } from '../proposal.js'
import { TwinAccess } from '../twin-access.js'
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
    /** To whom it must not be told whom other sites know; none when the service itself registers. */
    readonly caller?: Caller,
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
    private readonly access: TwinAccess,
  ) {}

  /** @throws Conflict `twin-exists`: one of the identifiers belongs to a twin already, `identifier-conflict` */
  async execute({ context, registration, caller }: RegisterTwin): Promise<RegisteredTwin> {
    const proposed = this.newIds(context, registration)
    const { twin, subject } = await this.person(registration, proposed, caller)
    if (twin !== proposed.twin && (await this.isRegistered(twin))) {
      throw new Conflict('twin-exists', 'A twin with one of these identifiers is registered already.', { twin })
    }
    const decide = (proposal: Proposal, deciding: Deciding) =>
      judged(register(proposal, registration, deciding), deciding)
    const receipt = await this.writer.change(context, { twin, subject, request: { registration }, decide })
    return { ...receipt, subject }
  }

  /**
   * Whose identifiers these are. Of a person whom only others know, the caller must not learn that they do: the twin is
   * registered under identifiers of the site's own, and a steward, who sees both, merges the two.
   */
  private async person(
    { identifiers = [], custody }: Registration,
    proposed: IdentifiedTwin,
    caller: Caller | undefined,
  ): Promise<IdentifiedTwin> {
    const known = await Promise.all(identifiers.map((identifier) => this.identifiers.lookup(identifier)))
    for (const other of known)
      if (caller && other && other.twin !== proposed.twin && (await this.isRegistered(other.twin)))
        if (!(await this.access.isOpenTo(caller, other.twin)))
          return this.identifiers.resolveOrReserve(ownedBy(custody.owner, identifiers), proposed)
    return this.identifiers.resolveOrReserve(identifiers, proposed)
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
