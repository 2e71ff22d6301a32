import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { MoreThanOrEqual, Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
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

/** A signature that would be void. `signer`: pseudonymous actor id. */
export interface AtStake {
  signature: string
  position: number
  stream: string
  meaning: string
  signer: string
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
    const { length: voids } = await this.atStake(kid, fromPosition)
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
    const { length: voids } = await this.atStake(kid, fromPosition)
    const decision = { do: 'decide-backdating', backdating, outcome, voids, by: context.actor.id } as const
    const { events } = await this.book.recordReplacing({ ...context, reason }, (replacement) => ({
      ...decision,
      replacement,
    }))
    if (outcome === 'approved') this.alerts.raise('signature-key-backdated', { backdating, kid, fromPosition, voids })
    return { backdating, voids, position: events.at(-1)!.position }
  }

  /** Newest first. */
  async list(): Promise<Backdating[]> {
    return [...(await this.book.state()).backdatings.values()].reverse()
  }

  /** With the signatures that would be void now, oldest first. @throws NotFound `signature-key-backdating-not-found` */
  async read(backdating: string): Promise<Backdating & { atStake: AtStake[] }> {
    const asked = backdatingOf(await this.book.state(), backdating)
    return { ...asked, atStake: await this.atStake(asked.kid, asked.fromPosition) }
  }

  /** Signatures that the key made at this position or later and that it is in force for. */
  private async atStake(kid: string, fromPosition: number): Promise<AtStake[]> {
    const key = (await this.book.state()).keys.get(kid)
    if (!key) return []
    await this.projections.waitFor((await this.journal.store.head()).size)
    const found: AtStake[] = []
    for (let next = fromPosition; ;) {
      const rows = await this.rows.find({
        where: { position: MoreThanOrEqual(next) },
        order: { position: 'ASC' },
        take: BATCH,
      })
      found.push(...(await this.madeWith(key, rows)))
      if (rows.length < BATCH) return found
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
