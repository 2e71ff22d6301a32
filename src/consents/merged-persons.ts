import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../journal/command-context.js'
import { decideOnce } from '../journal/decide-once.js'
import { earlierEvents, idempotentRequest } from '../journal/idempotent-request.js'
import { Journal, type JournalWrite, type Receipt } from '../journal/journal.js'
import { consentDecider } from './consent.js'
import { ConsentReader } from './consent-reader.js'
import { consentStream, type ConsentState } from './consent-state.js'
import { ConsentWriter, type ConsentReceipt } from './consent-writer.js'
import type { ConsentEvent } from './events.js'
import { eventsOfMerge, eventsOfOthers, type SharedCommand } from './merged-person.js'

type Known = Awaited<ReturnType<ConsentReader['state']>>

/**
 * Opt-outs and restrictions of people who may be on record under several ids: recorded of all of them at once, at the revisions that
 * were decided on. Which ids those are is on the streams themselves, so that neither a merge nor such a decision can miss the other.
 */
@Injectable()
export class MergedPersons {
  constructor(
    private readonly journal: Journal,
    private readonly reader: ConsentReader,
    private readonly writer: ConsentWriter,
  ) {}

  /**
   * @throws NotFound `restriction-not-found`; Conflict `not-opted-out`, `erasure-not-reversible`
   * @throws Unprocessable `idempotency-key-reused`; RevisionConflict the streams changed too often
   */
  async record(context: CommandContext, subject: string, command: SharedCommand): Promise<ConsentReceipt> {
    const asked = { stream: consentStream(subject), command }
    const keyed = idempotentRequest(context, asked, (...parts) => this.journal.deriveEventId(...parts))
    const receipt = await decideOnce<Receipt>({
      attempt: async () => {
        const own = await this.reader.state(subject)
        const events = consentDecider(new Date().toISOString()).decide(own.state, command)
        if (events.length === 0) return { events: [], replayed: false }
        const others = await this.states(own.state.mergedWith)
        const [write] = writesOf(new Map([[subject, own]]), new Map([[subject, events]]))
        const entries = write!.entries.map((entry, index) => ({ ...entry, id: keyed?.eventId(index) }))
        const writes = [{ ...write!, entries }, ...writesOf(others, eventsOfOthers(statesIn(others), command))]
        return this.journal.append(keyed?.context ?? context, writes)
      },
      earlier: async () => {
        const earlier = keyed && (await earlierEvents(this.journal.store, keyed))
        return earlier && { events: earlier.map(({ header, position }) => ({ ...header, position })), replayed: true }
      },
    })
    return this.writer.answer(subject, receipt)
  }

  /** What is to be recorded with a merge of twins of two persons, who are one. */
  async writesOfMerge(one: string, other: string): Promise<JournalWrite[]> {
    if (one === other) return []
    const merging = await this.states([one, other])
    const known = [...merging.values()].flatMap(({ state }) => [...state.mergedWith])
    const all = new Map([...merging, ...(await this.states(known.filter((subject) => !merging.has(subject))))])
    return writesOf(all, eventsOfMerge(statesIn(all)))
  }

  private async states(subjects: Iterable<string>): Promise<Map<string, Known>> {
    const known = new Map<string, Known>()
    for (const subject of subjects) known.set(subject, await this.reader.state(subject))
    return known
  }
}

function statesIn(known: ReadonlyMap<string, Known>): Map<string, ConsentState> {
  return new Map([...known].map(([subject, { state }]) => [subject, state]))
}

function writesOf(
  known: ReadonlyMap<string, Known>,
  events: ReadonlyMap<string, readonly ConsentEvent[]>,
): JournalWrite[] {
  return [...known].flatMap(([subject, { revision }]) => {
    const entries = (events.get(subject) ?? []).map((event) => ({ event, subject }))
    const expectedRevision = revision === -1 ? 'no-stream' : revision
    return entries.length === 0 ? [] : [{ stream: consentStream(subject), expectedRevision, entries }]
  })
}
