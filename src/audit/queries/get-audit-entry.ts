import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { Caller } from '../../identity/caller.js'
import type { Minimisation } from '../../identity/decide-access.js'
import { isVeiled, scopeConditions } from '../../identity/policy.js'
import { PolicyService } from '../../identity/policy.service.js'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import type { EventHeader } from '../../ledger/event.js'
import { NotFound } from '../../platform/errors.js'
import { requirePast } from '../as-of.js'
import { AuditEntries } from '../audit-entries.js'
import { DISCLOSED_ELSEWHERE } from '../audit-filter.js'
import { AuditEntryRow } from '../audit-entry.row.js'
import { changeOf, type Change } from '../changes.js'
import { openerFor } from '../entry-values.js'
import { occurrence, occurrenceIn, type Occurrence } from '../occurrence.js'
import type { ShownEntry } from '../shown-entry.js'
import { SubjectSiteRow } from '../subject-site.row.js'
import { OwnTrail } from '../own-trail.js'
import { veiledValue } from '../veil.js'

export interface AuditEntryDetail extends ShownEntry {
  /** `withheld`: the reader sees headers only; `sealed`: not opened for this reader. */
  payload: { state: RecordedEvent['state'] | 'withheld'; data: object | null }
  change: Change | null
  /** When it happened, as against when it was recorded. */
  occurrence: Occurrence | null
  /** Why, in the words of who did it. */
  explanation: string | null
  /** Where the value came from. */
  source: unknown
}

/** One entry of the trail in full: who, what with old and new value, when, why, from where, and its proof. */
export class GetAuditEntry extends Query<AuditEntryDetail> {
  constructor(
    readonly context: CommandContext,
    readonly caller: Caller,
    readonly position: number,
    readonly asOfPosition?: number,
  ) {
    super()
  }
}

@QueryHandler(GetAuditEntry)
export class GetAuditEntryHandler implements IQueryHandler<GetAuditEntry> {
  constructor(
    @InjectRepository(AuditEntryRow) private readonly rows: Repository<AuditEntryRow>,
    @InjectRepository(SubjectSiteRow) private readonly sites: Repository<SubjectSiteRow>,
    private readonly entries: AuditEntries,
    private readonly journal: Journal,
    private readonly policy: PolicyService,
    private readonly access: AccessRecorder,
    private readonly ownTrail: OwnTrail,
  ) {}

  /**
   * @throws NotFound `position-not-found`; InvalidRequest `position-in-future`
   * @throws Forbidden the caller may not read this entry
   */
  async execute({ context, caller, position, asOfPosition }: GetAuditEntry): Promise<AuditEntryDetail> {
    const { store } = this.journal
    await requirePast(store, asOfPosition)
    const row = position < (asOfPosition ?? Infinity) ? await this.rows.findOneBy({ position }) : null
    const [stored] = row ? await store.readAll({ from: position, limit: 1 }) : []
    if (!row || !stored) throw new NotFound('position-not-found', 'The audit trail does not hold this position.')
    const untold = await this.untoldTo(caller, stored.header)
    if (isHidden(stored.header, caller) || isUntold(stored.header, untold))
      throw new NotFound('position-not-found', 'The audit trail does not hold this position.')
    const minimisation = await this.require(caller, stored.header)
    const scope = { minimisation, veiled: isVeiled(caller.role), untold }
    const [entry] = await this.entries.shown(context, [row], scope)
    if (minimisation === 'headers') return { ...entry!, ...NOTHING_BUT_HEADERS }
    const open = openerFor(this.journal, minimisation)
    const [event] = await open([stored])
    const { change, earlier } = await changeOf(event!, store, open)
    await this.record(context, stored.header, [event!, earlier])
    return { ...entry!, ...shownValues(event!, change, scope.veiled) }
  }

  /** Undefined unless the entry is of the caller's own trail. */
  private async untoldTo({ role, subject: own }: Caller, { subject }: EventHeader) {
    return role === 'participant' && subject !== undefined && subject === own ? this.ownTrail.of(subject) : undefined
  }

  private async require(caller: Caller, { actor, subject, trial }: EventHeader): Promise<Minimisation> {
    const held = subject === undefined ? [] : await this.sites.findBy({ subject })
    const site = held.map((holding) => holding.site)
    return this.policy.require(caller, 'audit.read', { subject, trial, site, actor: actor.id })
  }

  /** A value is shown only after its reading was recorded: one event a request. */
  private async record(
    context: CommandContext,
    { stream, subject, trial }: EventHeader,
    events: readonly (RecordedEvent | null)[],
  ): Promise<void> {
    const opened = events.filter((event) => event?.state === 'opened')
    if (subject === undefined || opened.length === 0) return
    const what = [...new Set(opened.map((event) => event!.type))]
    const twin = stream.startsWith('twin-') ? stream.slice('twin-'.length) : undefined
    await this.access.opened(context, { subject, twin, trial, what, count: opened.length })
  }
}

const NOTHING_BUT_HEADERS = {
  payload: { state: 'withheld', data: null },
  change: null,
  occurrence: null,
  explanation: null,
  source: null,
} as const

/** What an inspector looks at is no business of the inspected. */
function isHidden({ actor }: EventHeader, { role }: Caller): boolean {
  return actor.role === 'regulator' && scopeConditions(role, 'audit.read').includes('trial')
}

/** What the person is not told of for now; what was disclosed elsewhere may have gone to whom they are not told of. */
function isUntold({ type, actor }: EventHeader, untold: readonly string[] = []): boolean {
  return untold.includes(actor.org ?? '') || (untold.length > 0 && type === DISCLOSED_ELSEWHERE)
}

function shownValues({ state, data, header }: RecordedEvent, change: Change, veiled: boolean) {
  const shown = data && veiled ? veiledValue(data) : data
  const { explanation, source, replacement } = (shown ?? {}) as Record<string, unknown>
  const at = shown && occurrenceIn(shown)
  const replacementSource = (replacement as { source?: unknown } | null | undefined)?.source
  return {
    payload: { state, data: shown },
    change: data && veiled ? veiledValue(change) : change,
    occurrence: at ? occurrence(at, header.recordedAt) : null,
    explanation: typeof explanation === 'string' ? explanation : null,
    source: source ?? replacementSource ?? null,
  }
}
