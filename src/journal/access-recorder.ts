import { Injectable } from '@nestjs/common'
import type { CommandContext } from './command-context.js'
import type { AccessEvent } from './access-events.js'
import { Journal, type JournalEntry } from './journal.js'

/** Stream that remembers what concerns no particular person. */
const SERVICE_ACCESSES = 'access-00000000-0000-4000-8000-000000000000'

/** What was opened of whom. */
export interface ValuesRead {
  subject: string
  twin?: string
  /** The simulation run whose values they are. */
  run?: string
  trial?: string
  /** Kinds of values, e.g. `['demographics', 'observation']`; no values. */
  what: readonly string[]
  count: number
}

/** What a reading is for (GDPR Art 5(1)(b)): as declared, else as the caller's role and grant have it. */
function purposeOf({ purpose, readsFor }: CommandContext, trial: string | undefined): string | undefined {
  return purpose ?? (trial === undefined ? readsFor?.atLarge : readsFor?.inTrial)
}

/** Records reads of personal data and refusals. A value is shown only after its reading was recorded. */
@Injectable()
export class AccessRecorder {
  constructor(private readonly journal: Journal) {}

  async opened(context: CommandContext, read: ValuesRead): Promise<void> {
    await this.openedAll(context, [read])
  }

  /** Many readings at once: all of them are recorded, or none. */
  async openedAll(context: CommandContext, readings: readonly ValuesRead[]): Promise<void> {
    const bySubject = new Map<string, JournalEntry<AccessEvent>[]>()
    for (const { subject, trial, twin, run, what, count } of readings) {
      const event: AccessEvent = { type: 'access.values-opened', data: { twin, run, what, count } }
      bySubject.set(subject, [
        ...(bySubject.get(subject) ?? []),
        { event, subject, trial, purpose: purposeOf(context, trial) },
      ])
    }
    if (bySubject.size === 0) return
    const writes = [...bySubject].map(([subject, entries]) => ({ stream: `access-${subject}`, entries }))
    await this.journal.append(
      context,
      writes.map((write) => ({ ...write, expectedRevision: 'any' as const })),
    )
  }

  /** @param search `by`: names of the fields that were asked by */
  async searched(
    context: CommandContext,
    {
      subject,
      trial,
      ...data
    }: { what: string; by: readonly string[]; found: number; subject?: string; trial?: string },
  ): Promise<void> {
    const event: AccessEvent = { type: 'access.searched', data }
    const stream = subject === undefined ? SERVICE_ACCESSES : `access-${subject}`
    await this.journal.append(context, [
      { stream, expectedRevision: 'any', entries: [{ event, subject, trial, purpose: purposeOf(context, trial) }] },
    ])
  }

  async refused(context: CommandContext, refusal: { action: string; code: string; subject?: string }): Promise<void> {
    const { action, code, subject } = refusal
    const event: AccessEvent = { type: 'access.refused', data: { action, code } }
    const stream = subject === undefined ? SERVICE_ACCESSES : `access-${subject}`
    await this.journal.append(context, [{ stream, expectedRevision: 'any', entries: [{ event, subject }] }])
  }
}
