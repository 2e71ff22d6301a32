import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { ConsentReceipts, type SignedReceipt } from './consent-receipts.js'

/** The receipt of a consent as of now. Who took it is on record before it is handed over. */
export class GetConsentReceipt extends Query<SignedReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly consent: string,
  ) {
    super()
  }
}

@QueryHandler(GetConsentReceipt)
export class GetConsentReceiptHandler implements IQueryHandler<GetConsentReceipt> {
  constructor(
    private readonly receipts: ConsentReceipts,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws NotFound `consent-not-found` */
  async execute({ context, subject, consent }: GetConsentReceipt): Promise<SignedReceipt> {
    const receipt = await this.receipts.of(subject, consent)
    await this.access.opened(context, { subject, what: ['consent-receipt'], count: 1 })
    return receipt
  }
}
