import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { DisclosureJournal } from '../disclosure-journal.js'

/** Organisations that data of a person were handed to outside of this service: they are told of an erasure (GDPR Art 19). */
export class RecipientsOutside extends Query<string[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(RecipientsOutside)
export class RecipientsOutsideHandler implements IQueryHandler<RecipientsOutside> {
  constructor(private readonly disclosures: DisclosureJournal) {}

  execute({ subject }: RecipientsOutside): Promise<string[]> {
    return this.disclosures.recipientsOutside(subject)
  }
}
