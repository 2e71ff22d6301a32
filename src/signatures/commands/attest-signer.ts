import { Inject } from '@nestjs/common'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import type { SigningConfiguration } from '../../platform/configuration.js'
import { Conflict } from '../../platform/errors.js'
import { NameOfPerson } from '../../roster/queries/name-of-person.js'
import { signerDecider, signerStream } from '../signer.js'
import { SIGNING_CONFIGURATION, type StepUp } from '../step-up.js'

/**
 * A person declares that their signatures bind them (21 CFR 11.10(j), 11.100(c)) and under which name they are printed. The
 * name is sealed under the person's own key. A later declaration changes the name of later signatures.
 */
export class AttestSigner extends Command<Receipt> {
  constructor(
    readonly context: CommandContext,
    readonly declaration: { printedName: string; stepUp: StepUp },
  ) {
    super()
  }
}

@CommandHandler(AttestSigner)
export class AttestSignerHandler implements ICommandHandler<AttestSigner> {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    @Inject(SIGNING_CONFIGURATION) private readonly signing: SigningConfiguration,
  ) {}

  /**
   * @throws StepUpRequired: a declaration needs all components, fresh and unused
   * @throws Conflict `printed-name-differs`: the roster has another name for the person (21 CFR 11.100(b))
   */
  async execute({ context, declaration }: AttestSigner): Promise<Receipt> {
    const { idempotencyKey: _key, ...once } = context
    const { id } = context.actor
    const registered = await this.queries.execute(new NameOfPerson(id))
    if (registered !== null && registered !== declaration.printedName)
      throw new Conflict('printed-name-differs', 'The roster has another name for this person.')
    return this.journal.execute(once, {
      stream: signerStream(id),
      subject: id,
      decider: signerDecider(this.signing),
      command: { do: 'attest', ...declaration, now: new Date().toISOString() },
    })
  }
}
