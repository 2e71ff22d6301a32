import { Injectable } from '@nestjs/common'
import { IntegrityError } from '../platform/errors.js'
import type { SealBinding } from '../vault/sealed-payload.js'
import { Vault } from '../vault/vault.js'
import type { SealedArms } from './events.js'
import type { BlockPlan } from './permuted-blocks.js'
import { allocationStream, randomisationStream } from './randomisation-state.js'

/** A list of arms: for each stratum the arms of its places, in order. `plan` is absent from an imported one. */
export interface ArmList {
  plan?: BlockPlan
  strata: readonly { stratum: string; arms: readonly string[] }[]
}

/** Every allocation has this length in clear, whatever its arm is called. */
const ALLOCATION_BYTES = 64
const LIST_BYTES = 4096

/** Seals what tells an arm under the trial's own key, so that no reader of payloads in general can open it: this room alone. */
@Injectable()
export class ArmsVault {
  constructor(private readonly vault: Vault) {}

  sealList(trial: string, list: ArmList): Promise<SealedArms> {
    return this.seal(trial, listOf(trial), list, LIST_BYTES)
  }

  /** @throws IntegrityError `arms-key-missing`, `payload-unsealing-failed` */
  openList(trial: string, sealed: SealedArms): Promise<ArmList> {
    return this.open<ArmList>(sealed, listOf(trial))
  }

  /**
   * The arm of a place, counted over the lists of the trial in the order of their sealing.
   *
   * @throws RangeError no list has the place; `nextPlace` says which there are
   */
  async armAt(
    trial: string,
    lists: readonly SealedArms[],
    { stratum, place }: { stratum: string; place: number },
  ): Promise<string> {
    let before = place
    for (const sealed of lists) {
      const { strata } = await this.openList(trial, sealed)
      const arms = strata.filter((one) => one.stratum === stratum).flatMap((one) => one.arms)
      const arm = arms[before]
      if (arm !== undefined) return arm
      before -= arms.length
    }
    throw new RangeError('No list of the trial has this place.')
  }

  sealArm(trial: string, allocation: string, arm: string): Promise<SealedArms> {
    return this.seal(trial, armOf(allocation), { arm }, ALLOCATION_BYTES)
  }

  /** @throws IntegrityError `arms-key-missing`, `payload-unsealing-failed` */
  async openArm(allocation: string, sealed: SealedArms): Promise<string> {
    return (await this.open<{ arm: string }>(sealed, armOf(allocation))).arm
  }

  private async seal(trial: string, binding: SealBinding, content: object, step: number): Promise<SealedArms> {
    const key = await this.vault.sealingKey(trial, 'trial-record')
    const sealed = this.vault.seal(padded(JSON.stringify(content), step), key, binding)
    return { kid: key.kid, sealed: sealed.toString('latin1') }
  }

  private async open<Content>({ kid, sealed }: SealedArms, binding: SealBinding): Promise<Content> {
    const text = await this.vault.open(Buffer.from(sealed, 'latin1'), kid, binding)
    if (text === null) throw new IntegrityError('arms-key-missing', 'The key that opens the arms of the trial is gone.')
    return JSON.parse(text) as Content
  }
}

const listOf = (trial: string): SealBinding => ({
  id: trial,
  stream: randomisationStream(trial),
  type: 'randomisation.list',
  schema: 1,
})

const armOf = (allocation: string): SealBinding => ({
  id: allocation,
  stream: allocationStream(allocation),
  type: 'randomisation.arm',
  schema: 1,
})

/** Blanks behind JSON mean nothing; codes of arms are ASCII, so that a character is a byte. */
function padded(json: string, step: number): string {
  return json.padEnd(Math.ceil(json.length / step) * step)
}
