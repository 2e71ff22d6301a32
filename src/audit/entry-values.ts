import { Injectable } from '@nestjs/common'
import type { Minimisation } from '../identity/decide-access.js'
import { AccessRecorder, type ValuesRead } from '../journal/access-recorder.js'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import type { StoredEvent } from '../ledger/event.js'
import type { AuditEntryRow } from './audit-entry.row.js'
import type { AuditScope } from './audit-filter.js'
import { changeOf, type Change, type Open } from './changes.js'
import { inLog } from './in-log.js'
import { veiledValue } from './veil.js'

/** What an entry changed, as far as its reader may see it. `withheld`: the reader sees headers only. */
export interface EntryValues {
  state: RecordedEvent['state'] | 'withheld'
  change: Change | null
  /** Why, in the words of who did it. */
  explanation: string | null
}

/** Old and new values of many entries at once: opened for who may see them, after their reading was recorded. */
@Injectable()
export class EntryValuesReader {
  constructor(
    private readonly journal: Journal,
    private readonly access: AccessRecorder,
  ) {}

  /** In the order of the rows. @throws IntegrityError `audit-trail-not-in-log` */
  async of(
    context: CommandContext,
    rows: readonly AuditEntryRow[],
    { minimisation, veiled }: Pick<AuditScope, 'minimisation' | 'veiled'>,
  ): Promise<EntryValues[]> {
    if (minimisation === 'headers') return rows.map(() => ({ state: 'withheld', change: null, explanation: null }))
    const { store } = this.journal
    const stored = new Map(
      (await store.find(rows.map(({ eventId }) => eventId))).map((event) => [event.position, event]),
    )
    const open = remembering(openerFor(this.journal, minimisation))
    const events = await open(rows.map(({ position }) => inLog(stored, position)))
    const changes: { change: Change; earlier: RecordedEvent | null }[] = []
    for (const event of events) changes.push(await changeOf(event, store, open))
    await this.record(context, [...events, ...changes.flatMap(({ earlier }) => earlier ?? [])])
    return events.map(({ state, data }, index) => {
      const change = data === null ? null : changes[index]!.change
      const { explanation } = (data && veiled ? veiledValue(data) : (data ?? {})) as { explanation?: unknown }
      return {
        state,
        change: change && veiled ? veiledValue(change) : change,
        explanation: typeof explanation === 'string' ? explanation : null,
      }
    })
  }

  /** One event for each person and trial, before anything is shown. */
  private async record(context: CommandContext, events: readonly RecordedEvent[]): Promise<void> {
    const read = new Map<string, { subject: string; trial?: string; types: Set<string>; positions: Set<number> }>()
    for (const { state, type, position, header } of events) {
      const { subject, trial } = header
      if (state !== 'opened' || subject === undefined) continue
      const key = `${subject} ${trial ?? ''}`
      const known = read.get(key) ?? { subject, trial, types: new Set(), positions: new Set() }
      known.types.add(type)
      known.positions.add(position)
      read.set(key, known)
    }
    const readings = [...read.values()].map(({ subject, trial, types, positions }): ValuesRead => ({
      subject,
      trial,
      what: [...types],
      count: positions.size,
    }))
    const { idempotencyKey: _key, ...once } = context
    await this.access.openedAll(once, readings)
  }
}

/** Coded readers get what was never sealed. */
export function openerFor(journal: Journal, minimisation: Minimisation): Open {
  if (minimisation === 'full') return (events) => journal.openAll(events)
  return (events) => Promise.all(events.map((event) => codedOnly(journal, event)))
}

async function codedOnly(journal: Journal, event: StoredEvent): Promise<RecordedEvent> {
  const { header, position, payload } = event
  if (header.payload.kid === undefined) return (await journal.openAll([event]))[0]!
  return { type: header.type, data: null, state: payload === null ? 'erased' : 'sealed', header, position }
}

/** Entries of one page look back at each other: each is opened once. Kept no longer than the page. */
function remembering(open: Open): Open {
  const opened = new Map<number, RecordedEvent>()
  return async (events) => {
    const unknown = events.filter(({ position }) => !opened.has(position))
    for (const event of await open(unknown)) opened.set(event.position, event)
    return events.map(({ position }) => opened.get(position)!)
  }
}
