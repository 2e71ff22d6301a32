import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { MoreThanOrEqual, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { newestFirst } from '../../platform/http/newest-first.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { ShownSignatures } from '../shown-signatures.js'
import { SignatureRow } from '../signature.row.js'
import { SignatureKeyBook } from './signature-key-book.js'
import {
  backdatingOf,
  inForce,
  type Backdating,
  type KeyRevocationReason,
  type SignatureKey,
} from './signature-keys.js'

/** Signatures looked at in one go. */
const BATCH = 200
/** Signatures at stake that are shown; all are counted. */
const MOST_SHOWN = 500

/** A signature that would be void. `signer`: pseudonymous actor id. */
export interface AtStake {
  signature: string
  position: number
  stream: string
  meaning: string
  signer: string
}

/** A request to distrust what a key signed, and what it would void now. */
export interface BackdatingView extends Backdating {
  /** How many signatures that hold would be void now. */
  voidsNow: number
  /** The first 500 of them, oldest first. */
  atStake: AtStake[]
}

export interface BackdatingPage {
  backdatings: Backdating[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

export interface BackdatingReceipt {
  backdating: string
  /** How many signatures that hold would be void, or are by now. */
  voids: number
  position: number
}

/** Distrusting what a key signed already: asked for by one, decided by another who sees what is at stake, alerted both times. */
@Injectable()
export class BackdatedRevocations {
  constructor(
    private readonly book: SignatureKeyBook,
    private readonly journal: Journal,
    private readonly shown: ShownSignatures,
    private readonly projections: ProjectionEngine,
    private readonly alerts: SecurityAlerts,
    @InjectRepository(SignatureRow) private readonly rows: Repository<SignatureRow>,
  ) {}

  /** @throws what the decider throws */
  async request(
    context: CommandContext,
    { kid, fromPosition, reason }: { kid: string; fromPosition: number; reason: KeyRevocationReason },
  ): Promise<BackdatingReceipt> {
    const backdating = randomUUID()
    const { size: head } = await this.journal.store.head()
    const { voids } = await this.atStake(kid, fromPosition)
    const command = { do: 'request-backdating', backdating, kid, fromPosition, head, voids } as const
    const { events } = await this.book.record({ ...context, reason }, command)
    this.alerts.raise('signature-key-backdating-requested', {
      backdating,
      kid,
      fromPosition,
      voids,
      actor: context.actor.id,
    })
    return { backdating, voids, position: events.at(-1)!.position }
  }

  /** @throws what the decider throws */
  async decide(
    context: CommandContext,
    { backdating, outcome }: { backdating: string; outcome: 'approved' | 'refused' },
  ): Promise<BackdatingReceipt> {
    const { kid, fromPosition, reason } = backdatingOf(await this.book.state(), backdating)
    const { voids } = await this.atStake(kid, fromPosition)
    const decision = { do: 'decide-backdating', backdating, outcome, voids, by: context.actor.id } as const
    const { events } = await this.book.recordReplacing({ ...context, reason }, (replacement) => ({
      ...decision,
      replacement,
    }))
    if (outcome === 'approved') this.alerts.raise('signature-key-backdated', { backdating, kid, fromPosition, voids })
    return { backdating, voids, position: events.at(-1)!.position }
  }

  /**
   * Newest first.
   *
   * @param limit 1 to 500
   * @throws InvalidRequest `cursor-invalid`
   */
  async list(limit: number, cursor?: string): Promise<BackdatingPage> {
    const { page, next } = newestFirst((await this.book.state()).backdatings, () => true, limit, cursor)
    return next === undefined ? { backdatings: page } : { backdatings: page, next }
  }

  /** @throws NotFound `signature-key-backdating-not-found` */
  async read(backdating: string): Promise<BackdatingView> {
    const asked = backdatingOf(await this.book.state(), backdating)
    const { voids, first } = await this.atStake(asked.kid, asked.fromPosition)
    return { ...asked, voidsNow: voids, atStake: first }
  }

  /** Signatures that the key made at this position or later and that it is in force for: how many, and the first of them. */
  private async atStake(kid: string, fromPosition: number): Promise<{ voids: number; first: AtStake[] }> {
    const key = (await this.book.state()).keys.get(kid)
    if (!key) return { voids: 0, first: [] }
    await this.projections.waitFor((await this.journal.store.head()).size)
    const first: AtStake[] = []
    let voids = 0
    for (let next = fromPosition; ;) {
      const rows = await this.rows.find({
        where: { position: MoreThanOrEqual(next) },
        order: { position: 'ASC' },
        take: BATCH,
      })
      const made = await this.madeWith(key, rows)
      voids += made.length
      first.push(...made.slice(0, MOST_SHOWN - first.length))
      if (rows.length < BATCH) return { voids, first }
      next = rows.at(-1)!.position + 1
    }
  }

  private async madeWith(key: SignatureKey, rows: readonly SignatureRow[]): Promise<AtStake[]> {
    const events = await this.shown.eventsOf(rows)
    return events.flatMap(({ made, data }, index) => {
      if (data.kid !== key.kid || !inForce(key, made.position, made.header.recordedAt)) return []
      const { signature, position, stream, meaning, signer } = rows[index]!
      return [{ signature, position, stream, meaning, signer }]
    })
  }
}
