/** What two persons set going, step by step to its end: each step is an event, and any of them may be the last before a crash. */
import { Inject, Injectable } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import { sealedPositions } from '../../audit/sealed-positions.js'
import { ListRecipients } from '../../audit/queries/list-recipients.js'
import { RestrictProcessing } from '../../consents/commands/restrict-processing.js'
import { RecipientsOutside } from '../../disclosures/queries/recipients-outside.js'
import type { CommandContext } from '../../journal/command-context.js'
import { SERVICE_POOL } from '../../journal/journal.tokens.js'
import { KeyDestruction } from '../../journal/key-destruction.js'
import { SubjectTraces } from '../../journal/subject-traces.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { ListTwins } from '../../twins/queries/list-twins.js'
import { keyIdsOf } from '../../vault/key-ids.js'
import { Vault } from '../../vault/vault.js'
import type { ErasureStepEvent } from './forgetting.js'
import { ForgettingJournal } from './forgetting-journal.js'
import { holdsAskedFor, type Erasure, type ErasureStatus } from './forgetting-state.js'
import { RetentionGuard } from './retention-guard.js'

/** More twins than this of one person would be a fault; they are merged. */
const MOST_TWINS = 100

@Injectable()
export class ErasureProcess {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly retention: RetentionGuard,
    private readonly vault: Vault,
    private readonly destruction: KeyDestruction,
    private readonly traces: SubjectTraces,
    private readonly projections: ProjectionEngine,
    @Inject(SERVICE_POOL) private readonly pool: Pool,
  ) {}

  /**
   * Goes on from wherever a started erasure stands to its end. Each step can be repeated: what was destroyed, deleted or told
   * before is left as it is. One that a hold is asked against waits before its first key, for as long as nobody decides.
   *
   * @throws Conflict `retention-period-running`: the law keeps by now what was to be erased
   * @throws Unavailable when something it depends on is away; it is tried again by the next sweep
   */
  async finish(context: CommandContext, subject: string, id: string): Promise<Erasure> {
    for (;;) {
      const state = await this.forgetting.state(subject)
      const erasure = state.erasures.get(id)!
      const step = STEPS[erasure.status]
      if (!step || (step === 'destroyKeys' && holdsAskedFor(state).length > 0)) return erasure
      for (const event of await this[step](context, subject, erasure))
        await this.forgetting.record(context, subject, { type: 'record-step', event })
    }
  }

  /** Uses are frozen first; then every key is named in the event that destroys it. */
  private async destroyKeys(context: CommandContext, subject: string, started: Erasure) {
    if (await this.retention.stopIfWithdrawn(context, { ...started, subject })) return []
    await this.retention.mustStillNotBeKept(context, subject, started)
    const { erasure, classes } = started
    const freeze = { subject, restriction: erasure, ground: 'art-17', purposes: 'any', reference: erasure } as const
    await this.commands.execute(new RestrictProcessing(context, freeze))
    // With a key in each class there is no room for one that the event would not name.
    for (const keyClass of classes) await this.vault.sealingKey(subject, keyClass)
    const kids = await keyIdsOf(this.pool, subject, classes)
    return [{ type: 'privacy.keys-destroyed', data: { erasure, classes, kids } } satisfies ErasureStepEvent]
  }

  private async deleteCiphertext(
    _context: CommandContext,
    subject: string,
    { erasure, classes, kids, steps }: Erasure,
  ) {
    const { event, position } = steps.find(({ type }) => type === 'privacy.keys-destroyed')!
    // The index of persons makes this as fast as the person's own events are few.
    await this.projections.waitPatiently()
    await this.destruction.carryOut({ subject, classes, kids, event, position })
    // Counted by what was sealed: a sweep may have deleted a part of it meanwhile.
    const { known } = await sealedPositions(this.pool, [subject], kids)
    const counts = this.destruction.deletesCiphertexts
      ? { payloads: known.length }
      : { payloads: 0, kept: known.length }
    return [{ type: 'privacy.ciphertext-deleted', data: { erasure, ...counts } } satisfies ErasureStepEvent]
  }

  private async purgeTraces(_context: CommandContext, subject: string, { erasure, classes }: Erasure) {
    const purged = []
    for (const holder of this.traces.holders())
      purged.push({ holder: holder.name, items: await holder.purge(subject, classes) })
    return [{ type: 'privacy.traces-purged', data: { erasure, purged } } satisfies ErasureStepEvent]
  }

  /** Everybody the values were shown or handed to, but for those who answer for them themselves (Art 19). */
  private async notifyRecipients(_context: CommandContext, subject: string, { erasure, classes }: Erasure) {
    const [shown, outside, { twins }] = await Promise.all([
      this.queries.execute(new ListRecipients(subject)),
      this.queries.execute(new RecipientsOutside(subject)),
      this.queries.execute(new ListTwins({ scope: { subject } }, MOST_TWINS)),
    ])
    const own = new Set(twins.flatMap(({ controller, owner }) => [controller, owner]))
    const disclosed = new Set([...shown.map(({ recipient }) => recipient), ...outside])
    const recipients = [...disclosed].filter((recipient) => !own.has(recipient)).sort()
    const ids = twins.map(({ twin }) => twin)
    const told = recipients.map((recipient): ErasureStepEvent => ({
      type: 'privacy.recipient-notified',
      data: { erasure, recipient, twins: ids, classes },
    }))
    const completed: ErasureStepEvent = {
      type: 'privacy.erasure-completed',
      data: { erasure, recipients: recipients.length },
    }
    return [...told, completed]
  }
}

/** What has to be done where an erasure stands; nothing before two persons acted, and nothing after its end. */
const STEPS: Partial<Record<ErasureStatus, 'destroyKeys' | 'deleteCiphertext' | 'purgeTraces' | 'notifyRecipients'>> = {
  started: 'destroyKeys',
  'keys-destroyed': 'deleteCiphertext',
  'ciphertext-deleted': 'purgeTraces',
  'traces-purged': 'notifyRecipients',
}
