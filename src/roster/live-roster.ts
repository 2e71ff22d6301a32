import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { GrantRegister, OpenTicket, Standing } from '../identity/grants.js'
import type { RevocationList } from '../identity/revocation-list.js'
import { believedTime } from '../journal/believed-time.js'
import { Journal } from '../journal/journal.js'
import { metadataOf } from '../journal/recorded-event.js'
import { Shutdown } from '../platform/shutdown.js'
import { ROSTER_STREAM, type RosterEvent } from './events.js'
import {
  EMPTY,
  evolve,
  isActive,
  isInForce,
  type Emergency,
  type Grant,
  type RosterState,
  type Ticket,
} from './roster-state.js'
import { isOpen } from './time-boxed.js'

const PAGE = 1_000

/**
 * The roster of this moment, in memory: complete before the first request is served, and following what any process of the
 * service records from then on, within a fraction of a second. What this process records holds when it is answered.
 */
@Injectable()
export class LiveRoster implements RevocationList, GrantRegister, OnApplicationBootstrap {
  private state: RosterState = EMPTY
  private revision = -1
  /** Emergencies that had not ended when the roster was last read. */
  private unclosed: Emergency[] = []
  /** Tickets that had not ended when the roster was last read. */
  private openTickets: Ticket[] = []
  private grantsByActor = new Map<string, Grant[]>()
  /** When the newest event that was seen of the whole log was recorded. */
  private lastRecordedAt: string | null = null
  private reading: Promise<void> = Promise.resolve()
  private readonly stopped = new AbortController()

  constructor(
    @Inject(Journal) private readonly journal: Journal,
    @Inject(Shutdown) private readonly shutdown: Shutdown,
  ) {}

  /** As of the last event taken in. */
  get current(): RosterState {
    return this.state
  }

  /** The time by which rights are judged. RFC 3339, UTC, milliseconds. */
  momentAt(clock = new Date()): string {
    return believedTime(clock.toISOString(), this.lastRecordedAt)
  }

  isRevoked(actorId: string): boolean {
    const person = this.state.people.get(actorId)
    return person !== undefined && (person.revoked || person.retiredAt !== undefined)
  }

  standingOf(actorId: string, at: Date): Standing {
    const person = this.state.people.get(actorId)
    const now = this.momentAt(at)
    const grants = isActive(person, this.state)
      ? (this.grantsByActor.get(actorId) ?? []).filter((grant) => isInForce(grant, now))
      : []
    const locked = person?.locked ?? false
    const service = person?.kind === 'service'
    return { grants, locked, service, emergencies: this.openTo(actorId, now), tickets: this.ticketsOf(actorId, now) }
  }

  private openTo(actor: string, at: string): string[] {
    return this.unclosed.filter((one) => one.actor === actor && isOpen(one, at)).map(({ subject }) => subject)
  }

  private ticketsOf(actor: string, at: string): OpenTicket[] {
    return this.openTickets
      .filter((one) => one.actor === actor && isOpen(one, at))
      .map(({ twin, approval }) => ({ twin, approval: approval! }))
  }

  async onApplicationBootstrap(): Promise<void> {
    const { size, recordedAt } = await this.journal.store.head()
    this.noteRecording(recordedAt)
    await this.refresh()
    const following = this.follow(size)
    this.shutdown.onPhase('drain', 'roster', () => {
      this.stopped.abort()
      return following
    })
  }

  /** Takes in what was recorded since; called after a decision too, so that it holds at once where it was made. */
  refresh(): Promise<void> {
    const next = this.reading.then(() => this.read())
    this.reading = next.catch(() => undefined)
    return next
  }

  private async follow(from: number): Promise<void> {
    for await (const events of this.journal.store.subscribe({ from, payloads: false, signal: this.stopped.signal })) {
      this.noteRecording(events.at(-1)?.header.recordedAt ?? null)
      if (events.some(({ header }) => header.stream === ROSTER_STREAM)) await this.refresh()
    }
  }

  private noteRecording(at: string | null): void {
    if (at !== null && (this.lastRecordedAt === null || at > this.lastRecordedAt)) this.lastRecordedAt = at
  }

  private async read(): Promise<void> {
    for (;;) {
      const since = await this.journal.store.readStream(ROSTER_STREAM, { from: this.revision + 1, limit: PAGE })
      for (const recorded of await this.journal.openAll(since)) {
        this.state = evolve(this.state, recorded as unknown as RosterEvent, metadataOf(recorded))
        this.revision = recorded.header.revision
        this.noteRecording(recorded.header.recordedAt)
      }
      if (since.length > 0) this.index()
      if (since.length < PAGE) return
    }
  }

  private index(): void {
    // What ended before the newest entry known opens never again.
    const seen = this.lastRecordedAt ?? ''
    this.grantsByActor = byActor(this.state)
    this.unclosed = [...this.state.emergencies.values()].filter((emergency) => isOpen(emergency, seen))
    this.openTickets = [...this.state.tickets.values()].filter((ticket) => isOpen(ticket, seen))
  }
}

function byActor({ grants }: RosterState): Map<string, Grant[]> {
  const found = new Map<string, Grant[]>()
  for (const grant of grants.values()) found.set(grant.actor, [...(found.get(grant.actor) ?? []), grant])
  return found
}
