/**
 * How domain rooms write to and read from the ledger: domain events in, headers, seals and receipts taken care of.
 * Deciders stay pure; everything they do not want to know about is here.
 */
import { randomUUID } from 'node:crypto'
import { InvalidRequest, RevisionConflict } from '../platform/errors.js'
import { canonicalJson } from '../ledger/canonical-json.js'
import type { ProposedEvent, StoredEvent } from '../ledger/event.js'
import type { AppendedEvent, AppendResult, EventStore, ExpectedRevision, StreamAppend } from '../ledger/event-store.js'
import { clearPayload, sealedReference } from '../ledger/payload.js'
import type { DerivedSecrets } from '../vault/derived-secrets.js'
import type { KeyClass } from '../vault/key-class.js'
import type { Vault } from '../vault/vault.js'
import type { CommandContext } from './command-context.js'
import { decideOnce } from './decide-once.js'
import type { Decider } from './decider.js'
import type { EventCatalogue } from './event-catalogue.js'
import type { DomainEvent } from './event-type.js'
import { earlierEvents, idempotentRequest, type IdempotentRequest } from './idempotent-request.js'
import { PayloadOpener } from './payload-opener.js'
import { metadataOf, type RecordedEvent } from './recorded-event.js'
import { wholeStream } from './whole-stream.js'

/** One domain event on its way into the log. */
export interface JournalEntry<Event extends DomainEvent = DomainEvent> {
  event: Event
  /** Given when the caller derives ids itself, so that the same thing said twice is recorded once. */
  id?: string
  /** Required for event types that are sealed. */
  subject?: string
  trial?: string
  /** Codes that replace those of the context for this event. */
  purpose?: string
  reason?: string
}

export interface JournalWrite {
  stream: string
  expectedRevision: ExpectedRevision
  entries: readonly JournalEntry[]
}

/** What was recorded, or had been recorded when the same request came before. */
export interface Receipt {
  events: AppendedEvent[]
  replayed: boolean
}

/** Which part of a stream's history to read. */
export interface HistoryPoint {
  /** Up to and with this revision. */
  toRevision?: number
  /** As recorded at this time (RFC 3339). */
  asOf?: string
  /** Entries of the log before this position alone. */
  below?: number
}

export interface ExecuteOptions<State, Command, Event extends DomainEvent> {
  stream: string
  decider: Decider<State, Command, Event>
  command: Command
  subject?: string
  trial?: string
  /** The revision the caller saw (`If-Match`); without it the command is decided on whatever is current. */
  ifRevision?: number
}

export class Journal {
  private readonly opener: PayloadOpener

  constructor(
    readonly store: EventStore,
    private readonly vault: Vault,
    private readonly secrets: DerivedSecrets,
    readonly catalogue: EventCatalogue,
  ) {
    this.opener = new PayloadOpener(vault, catalogue)
  }

  /** A UUIDv4-shaped id that the same parts always give, and that says nothing about them. */
  deriveEventId(...parts: readonly string[]): string {
    return this.secrets.uuid('event-id', ...parts)
  }

  /** Seals and appends, all or nothing. Errors are those of EventStore.append. */
  async append(context: CommandContext, writes: readonly JournalWrite[]): Promise<Receipt> {
    const appends: StreamAppend[] = []
    for (const { stream, expectedRevision, entries } of writes) {
      const events: ProposedEvent[] = []
      for (const entry of entries) events.push(await this.propose(context, stream, entry))
      appends.push({ stream, expectedRevision, events })
    }
    const { events, replayed }: AppendResult = await this.store.append(appends)
    return { events, replayed }
  }

  /** Before many events are sealed for many subjects: reads or makes their keys at once instead of one by one. */
  prepareSealing(subjects: readonly string[], keyClass: KeyClass): Promise<void> {
    return this.vault.prepareSealing(subjects, keyClass)
  }

  /** A stream's events, opened. */
  async read(stream: string, point: HistoryPoint = {}): Promise<RecordedEvent[]> {
    return this.opener.openAll(await this.readStored(stream, point))
  }

  /** A stream's events with sealed payloads left closed, but for those of the types `opening`. */
  async readCoded(stream: string, point: HistoryPoint = {}, opening: readonly string[] = []): Promise<RecordedEvent[]> {
    return this.opener.openOnly(opening, await this.readStored(stream, point))
  }

  /** Several streams as `read` gives one, in one reading of the store. */
  async readMany(
    streams: readonly string[],
    { below = Infinity }: Pick<HistoryPoint, 'below'> = {},
  ): Promise<Map<string, RecordedEvent[]>> {
    const stored = [...(await this.store.readStreams(streams)).values()].flat()
    const opened = await this.opener.openAll(stored.filter(({ position }) => position < below))
    return byStream(streams, opened)
  }

  /** Several streams as `readCoded` gives one. */
  async readManyCoded(
    streams: readonly string[],
    opening: readonly string[] = [],
  ): Promise<Map<string, RecordedEvent[]>> {
    const stored = [...(await this.store.readStreams(streams)).values()].flat()
    return byStream(streams, await this.opener.openOnly(opening, stored))
  }

  openAll(events: readonly StoredEvent[]): Promise<RecordedEvent[]> {
    return this.opener.openAll(events)
  }

  /** Folds a stream. Events whose payload is gone are counted and skipped. */
  async load<State, Event extends DomainEvent>(
    decider: Pick<Decider<State, unknown, Event>, 'initial' | 'evolve'>,
    stream: string,
    point?: HistoryPoint,
  ): Promise<{ state: State; revision: number; erased: number }> {
    let state = decider.initial
    let revision = -1
    let erased = 0
    for (const recorded of await this.read(stream, point)) {
      revision = recorded.header.revision
      if (recorded.data === null) erased++
      else state = decider.evolve(state, { type: recorded.type, data: recorded.data } as Event, metadataOf(recorded))
    }
    return { state, revision, erased }
  }

  /**
   * Loads, decides, appends at the revision that was decided on; decides again when somebody else was faster.
   * With an Idempotency-Key the same command again returns the first receipt.
   *
   * @throws RevisionConflict `ifRevision` does not hold
   * @throws Unprocessable `idempotency-key-reused`: the key came before with another command
   */
  async execute<State, Command, Event extends DomainEvent>(
    context: CommandContext,
    options: ExecuteOptions<State, Command, Event>,
  ): Promise<Receipt> {
    const { stream, command } = options
    const keyed = idempotentRequest(context, { stream, command }, (...parts) => this.deriveEventId(...parts))
    return decideOnce({
      ifRevision: options.ifRevision,
      attempt: () => this.decideAndAppend(keyed, context, options),
      earlier: () => this.earlierReceipt(keyed),
    })
  }

  private async decideAndAppend<State, Command, Event extends DomainEvent>(
    keyed: IdempotentRequest | null,
    context: CommandContext,
    { stream, decider, command, subject, trial, ifRevision }: ExecuteOptions<State, Command, Event>,
  ): Promise<Receipt> {
    const { state, revision } = await this.load(decider, stream)
    if (ifRevision !== undefined && ifRevision !== revision) throw new RevisionConflict(stream, ifRevision, revision)
    const events = decider.decide(state, command)
    if (events.length === 0) return { events: [], replayed: false }
    const entries = events.map((event, index) => ({ event, subject, trial, id: keyed?.eventId(index) }))
    const expectedRevision = revision === -1 ? 'no-stream' : revision
    return this.append(keyed?.context ?? context, [{ stream, expectedRevision, entries }])
  }

  private async earlierReceipt(request: IdempotentRequest | null): Promise<Receipt | null> {
    const earlier = request && (await earlierEvents(this.store, request))
    return earlier && { events: earlier.map(answered), replayed: true }
  }

  private async propose(context: CommandContext, stream: string, entry: JournalEntry): Promise<ProposedEvent> {
    const { type, data } = entry.event
    const definition = this.catalogue.get(type)
    const id = entry.id ?? randomUUID()
    const binding = { id, stream, type, schema: definition.schema }
    const keyClass =
      typeof definition.sealedUnder === 'function' ? definition.sealedUnder(data) : definition.sealedUnder
    const { stored, reference } =
      keyClass === null ? clearPayload(data) : await this.sealed(data, entry.subject, keyClass, binding)
    const header: ProposedEvent['header'] = {
      id,
      type,
      schema: definition.schema,
      actor: context.actor,
      purpose: entry.purpose ?? context.purpose,
      reason: entry.reason ?? context.reason,
      subject: entry.subject,
      trial: entry.trial,
      correlation: context.correlation,
      causation: context.causation,
      payload: reference,
    }
    return { header, payload: stored }
  }

  private async sealed(
    data: object,
    subject: string | undefined,
    keyClass: Parameters<Vault['sealingKey']>[1],
    binding: Parameters<Vault['seal']>[2],
  ) {
    if (subject === undefined) throw new Error(`${binding.type} is sealed and names no subject`)
    const key = await this.vault.sealingKey(subject, keyClass)
    const stored = this.vault.seal(canonicalJson(data), key, binding)
    return { stored, reference: sealedReference(stored, key.kid) }
  }

  private async readStored(
    stream: string,
    { toRevision, asOf, below = Infinity }: HistoryPoint,
  ): Promise<StoredEvent[]> {
    const whole = await wholeStream(this.store, stream, toRevision)
    const events = whole.filter(({ position }) => position < below)
    if (asOf === undefined) return events
    const moment = Date.parse(asOf)
    if (Number.isNaN(moment)) throw new InvalidRequest('point-invalid', 'The time is not one of RFC 3339.')
    return events.filter(({ header }) => Date.parse(header.recordedAt) <= moment)
  }
}

function answered({ header, position }: StoredEvent): AppendedEvent {
  const { id, stream, revision, recordedAt } = header
  return { id, stream, revision, position, recordedAt }
}

function byStream(streams: readonly string[], events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const found = new Map<string, RecordedEvent[]>(streams.map((stream) => [stream, []]))
  for (const event of events) found.get(event.header.stream)!.push(event)
  return found
}
