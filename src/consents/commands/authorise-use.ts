import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ConsentWriter } from '../consent-writer.js'
import type { UseGround } from '../events.js'
import type { Use, UseRefusalCode } from '../scope.js'

export type { Use, UseRefusalCode } from '../scope.js'

/** The answer of the consent stream, and the event that is its record. */
export type UseDecision = { eventId: string; revision: number; position: number } & (
  ({ authorised: true } & UseGround) | { authorised: false; codes: readonly UseRefusalCode[] }
)

/**
 * Asks a person's consents to permit one use. The answer is an event on the consent stream, appended at the revision it was
 * decided on: a withdrawal that was recorded a millisecond earlier is seen, one that comes later finds the use recorded.
 */
export class AuthoriseUse extends Command<UseDecision> {
  constructor(
    readonly context: CommandContext,
    readonly request: {
      subject: string
      use: Use
      /** Random id of what asks, such as a simulation run. */
      reference?: string
    },
  ) {
    super()
  }
}

@CommandHandler(AuthoriseUse)
export class AuthoriseUseHandler implements ICommandHandler<AuthoriseUse> {
  constructor(private readonly writer: ConsentWriter) {}

  /** A refusal is an answer, not an error. @throws RevisionConflict when the stream changed faster than could be decided */
  async execute({ context, request: { subject, ...asked } }: AuthoriseUse): Promise<UseDecision> {
    const receipt = await this.writer.record(
      { ...context, purpose: asked.use.purpose },
      { subject, trial: asked.use.trial, command: { type: 'authorise-use', ...asked } },
    )
    const { header, position, ...event } = receipt.events.at(-1)!
    const at = { eventId: header.id, revision: header.revision, position }
    if (event.type === 'consent.use-authorised') {
      return { ...at, authorised: true, consent: (event.data as { consent: string }).consent }
    }
    return { ...at, authorised: false, codes: (event.data as { codes: readonly UseRefusalCode[] }).codes }
  }
}
