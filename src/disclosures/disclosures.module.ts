import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { PrivacyModule } from '../privacy/privacy.module.js'
import { DecideSuspensionHandler } from './commands/decide-suspension.js'
import { DescribeRecipientHandler } from './commands/describe-recipient.js'
import { RecordDeliveryHandler } from './commands/record-delivery.js'
import { RecordDisclosureHandler } from './commands/record-disclosure.js'
import { DisclosureJournal } from './disclosure-journal.js'
import { DisclosuresController } from './disclosures.controller.js'
import { AccountDisclosuresHandler } from './queries/account-disclosures.js'
import { RecipientsOutsideHandler } from './queries/recipients-outside.js'
import { SuspendedAgenciesHandler } from './queries/suspended-agencies.js'

const commands = [RecordDisclosureHandler, RecordDeliveryHandler, DescribeRecipientHandler, DecideSuspensionHandler]

/** The accounting of disclosures. Needs the journal as a global provider and the twins' queries on the same bus. */
@Module({
  imports: [CqrsModule, PrivacyModule],
  controllers: [DisclosuresController],
  providers: [
    DisclosureJournal,
    ...commands,
    AccountDisclosuresHandler,
    SuspendedAgenciesHandler,
    RecipientsOutsideHandler,
  ],
})
export class DisclosuresModule {}
