import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'

/** Ids of grants and of emergencies: random; with an Idempotency-Key the same again, because they are part of what is repeated. */
@Injectable()
export class GrantIds {
  constructor(private readonly journal: Journal) {}

  next({ idempotencyKey: key, actor }: CommandContext): string {
    return key === undefined ? randomUUID() : this.journal.deriveEventId('roster', actor.id, key)
  }
}
