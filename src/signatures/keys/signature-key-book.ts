import { Inject, Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { asService } from '../../journal/service-actor.js'
import { Unavailable } from '../../platform/errors.js'
import type { PublicSignatureKey } from '../events.js'
import { KeyRing, type RingKey } from './key-ring.js'
import {
  SIGNATURE_KEYS_STREAM,
  signatureKeysDecider,
  type KeyRevocationReason,
  type SignatureKeyCommand,
  type SignatureKeys,
} from './signature-keys.js'

/** Injection token of the KeyRing. */
export const SIGNATURE_KEY_RING = Symbol('twin-ledger:signature-key-ring')

/** The service's signature keys: public halves and their history from the ledger, private halves from the ring. */
@Injectable()
export class SignatureKeyBook {
  constructor(
    @Inject(Journal) private readonly journal: Journal,
    @Inject(SIGNATURE_KEY_RING) private readonly ring: KeyRing,
  ) {}

  async state(): Promise<SignatureKeys> {
    return (await this.journal.load(signatureKeysDecider, SIGNATURE_KEYS_STREAM)).state
  }

  /**
   * The key to sign with. The newest of the ring goes on record before it signs for the first time: an operator may have added it.
   *
   * @throws Unavailable `signature-key-missing`: another process uses a key that is not in our file
   */
  async signing(): Promise<RingKey> {
    const { active, keys } = await this.state()
    const newest = await this.ring.newest()
    const { kid } = newest.publicKey
    if (kid === active) return newest
    if (!keys.has(kid)) {
      await this.record(asService(), { do: 'activate', key: newest.publicKey })
      return newest
    }
    const inUse = active === null ? null : await this.ring.find(active)
    if (!inUse) throw new Unavailable('signature-key-missing', 'The key in use is not in SIGNATURE_KEYS_FILE.')
    return inUse
  }

  /** A new key from now on; what the earlier ones signed stays good. */
  async rotate(context: CommandContext): Promise<{ kid: string; receipt: Receipt }> {
    const { publicKey, keep } = await this.ring.draw()
    keep()
    return { kid: publicKey.kid, receipt: await this.record(context, { do: 'activate', key: publicKey }) }
  }

  /**
   * Withdraws trust in what a key signs from now on, and replaces it when it is in use. What it signed stays good.
   *
   * @throws what the decider throws
   */
  async revoke(
    context: CommandContext,
    { kid, reason }: { kid: string; reason: KeyRevocationReason },
  ): Promise<{ receipt: Receipt; fromPosition: number }> {
    const { size: head } = await this.journal.store.head()
    const command = (replacement: PublicSignatureKey) => ({ do: 'revoke', kid, head, replacement }) as const
    return { receipt: await this.recordReplacing({ ...context, reason }, command), fromPosition: head }
  }

  /**
   * Records what may end the key in use. The key to sign with instead goes into the file before it goes on record, and only where the
   * decision takes it into use: the next signature would take into use whatever else the file ends with.
   *
   * @throws what the decider throws
   */
  async recordReplacing(
    context: CommandContext,
    commandWith: (replacement: PublicSignatureKey) => SignatureKeyCommand,
  ): Promise<Receipt> {
    const { publicKey, keep } = await this.ring.draw()
    const command = commandWith(publicKey)
    const decided = signatureKeysDecider.decide(await this.state(), command)
    if (decided.some(({ type }) => type === 'signature-key.activated')) keep()
    return this.record(context, command)
  }

  /** @throws what the decider throws */
  record(context: CommandContext, command: SignatureKeyCommand): Promise<Receipt> {
    const { idempotencyKey: _key, ...once } = context
    return this.journal.execute(once, { stream: SIGNATURE_KEYS_STREAM, decider: signatureKeysDecider, command })
  }
}
