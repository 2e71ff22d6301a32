import { Injectable } from '@nestjs/common'
import { Journal } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { NotFound } from '../../platform/errors.js'
import { designStream, type DesignOutcome } from './design.js'
import type { DesignEvent } from './events.js'

/** A design as read: how it ended, and its events. */
export interface RecordedDesign {
  outcome: DesignOutcome
  trial?: string
  events: RecordedEvent<DesignEvent>[]
}

/** Reads designs. They hold nothing about a person, so showing one is no access to a record. */
@Injectable()
export class DesignReader {
  constructor(private readonly journal: Journal) {}

  /** @throws NotFound `design-not-found` */
  async existing(design: string): Promise<RecordedDesign> {
    const events = (await this.journal.read(designStream(design))) as RecordedEvent<DesignEvent>[]
    const [first] = events
    if (!first || first.data === null) throw new NotFound('design-not-found', 'There is no such design.')
    const { trial } = first.header
    return { outcome: first as unknown as DesignOutcome, ...(trial !== undefined && { trial }), events }
  }
}
