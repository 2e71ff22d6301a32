import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal, type Receipt } from '../journal/journal.js'
import { PrivacyClock } from '../privacy/clock.js'
import type { RecipientRegister } from './accounting.js'
import type { NewDisclosure, OutsideDisclosure, RecipientDescribed, RecipientNoted } from './events.js'
import { suspensionDecider, type KnownSuspension, type SuspensionCommand } from './suspension.js'

/** Where something was recorded. */
export interface DisclosureReceipt {
  position: number
  replayed: boolean
}

/** Reads and writes what the log of reads does not know: disclosures elsewhere, who recipients are, suspensions. */
@Injectable()
export class DisclosureJournal {
  constructor(
    private readonly journal: Journal,
    private readonly clock: PrivacyClock,
  ) {}

  async recordOutside(
    context: CommandContext,
    subject: string,
    { org, ...data }: NewDisclosure,
  ): Promise<DisclosureReceipt> {
    if (org !== undefined) await this.noteRecipient(context, subject, org)
    const event = { type: 'disclosure.recorded', data }
    const { idempotencyKey: key, actor } = context
    const id = key === undefined ? undefined : this.journal.deriveEventId('disclosure', actor.id, key)
    const stream = `disclosures-${subject}`
    return receiptOf(
      await this.journal.append(context, [{ stream, expectedRevision: 'any', entries: [{ event, subject, id }] }]),
    )
  }

  /** Those that can still be read. */
  async outside(subject: string): Promise<OutsideDisclosure[]> {
    const events = await this.journal.read(`disclosures-${subject}`)
    return events.flatMap(({ data }) => (data === null ? [] : [data as OutsideDisclosure]))
  }

  /** Organisations that data of the person were handed to outside of this service, as far as their ids were given. */
  async recipientsOutside(subject: string): Promise<string[]> {
    const events = await this.journal.read(this.notifiableStream(subject))
    return [...new Set(events.map(({ data }) => (data as RecipientNoted['data']).org))].sort()
  }

  private async noteRecipient(context: CommandContext, subject: string, org: string): Promise<void> {
    if ((await this.recipientsOutside(subject)).includes(org)) return
    const { idempotencyKey: _key, ...once } = context
    const event = { type: 'disclosure.recipient-noted', data: { org } }
    await this.journal.append(once, [
      { stream: this.notifiableStream(subject), expectedRevision: 'any', entries: [{ event }] },
    ])
  }

  private notifiableStream(subject: string): string {
    return `disclosure-notifiable-${this.journal.deriveEventId('disclosure-notifiable', subject)}`
  }

  async describeRecipient(context: CommandContext, data: RecipientDescribed['data']): Promise<DisclosureReceipt> {
    const event = { type: 'disclosure.recipient-described', data }
    const entries = [{ event }]
    return receiptOf(
      await this.journal.append(context, [{ stream: this.recipientStream(), expectedRevision: 'any', entries }]),
    )
  }

  async recipients(): Promise<RecipientRegister> {
    const events = await this.journal.read(this.recipientStream())
    return new Map(
      events.map(({ data }) => {
        const { org, ...described } = data as RecipientDescribed['data']
        return [org, described]
      }),
    )
  }

  async decideSuspension(
    context: CommandContext,
    subject: string,
    command: SuspensionCommand,
  ): Promise<DisclosureReceipt> {
    return receiptOf(
      await this.journal.execute(context, {
        stream: this.suspensionStream(subject),
        decider: suspensionDecider(this.clock.now().toISOString()),
        command,
      }),
    )
  }

  async suspensions(subject: string): Promise<readonly KnownSuspension[]> {
    return (await this.journal.load(suspensionDecider(''), this.suspensionStream(subject))).state
  }

  private recipientStream(): string {
    return `disclosure-recipient-${this.journal.deriveEventId('disclosure-recipients')}`
  }

  private suspensionStream(subject: string): string {
    return `disclosure-suspension-${this.journal.deriveEventId('disclosure-suspension', subject)}`
  }
}

const receiptOf = ({ events, replayed }: Receipt): DisclosureReceipt => ({
  position: events.at(-1)!.position,
  replayed,
})
