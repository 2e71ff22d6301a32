import { randomBytes } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Unprocessable } from '../../platform/errors.js'
import { SitesOf } from '../../trials/queries/sites-of.js'
import { ArmsVault, type ArmList } from '../arms-vault.js'
import type { ArmsDesign } from '../events.js'
import { permutedBlocks } from '../permuted-blocks.js'
import { designOf } from '../randomisation.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { WHOLE_TRIAL } from '../randomisation-state.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** How a list comes about: by permuted blocks from a seed that the service draws, or as somebody outside drew it. */
export type ListOrigin =
  /** `places` of each stratum; `sites` of a stratified trial, by default all of them. */
  | { source: 'generated'; blockSizes: readonly number[]; places: number; sites?: readonly string[] }
  | { source: 'imported'; strata: ArmList['strata'] }

/** Seals a list of arms, or more places for one. Nobody is shown it here; whoever may reads it by ReadList. */
export class SealList extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; origin: ListOrigin },
  ) {
    super()
  }
}

const SEED_BYTES = 32
/** A list is made, sealed and opened whole; more than this follow in another one. */
const MOST_PLACES = 20_000

@CommandHandler(SealList)
export class SealListHandler implements ICommandHandler<SealList> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly reader: RandomisationReader,
    private readonly arms: ArmsVault,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws Conflict `arms-not-designed`, `data-locked`
   * @throws Unprocessable `block-size-invalid`, `list-too-long`, `arms-invalid`: an arm or a stratum that the design does not have
   */
  async execute({ context, change: { trial, origin } }: SealList): Promise<RandomisationReceipt> {
    const design = designOf((await this.reader.read(trial)).state)
    const list = origin.source === 'generated' ? await this.generated(trial, design, origin) : imported(design, origin)
    const strata = list.strata.map(({ stratum, arms }) => ({ stratum, places: arms.length }))
    const sealed = await this.arms.sealList(trial, list)
    const command = { type: 'seal-list', list: { ...sealed, source: origin.source, strata } } as const
    const { idempotencyKey: _key, ...once } = context
    return this.writer.command(once, { trial, command })
  }

  private async generated(
    trial: string,
    { arms, stratifiedBy }: ArmsDesign,
    { blockSizes, places, sites }: Extract<ListOrigin, { source: 'generated' }>,
  ): Promise<ArmList> {
    const plan = { seed: randomBytes(SEED_BYTES).toString('hex'), blockSizes }
    const strata = stratifiedBy === 'none' ? [WHOLE_TRIAL] : (sites ?? (await this.sitesOf(trial)))
    mustNotBeTooLong(strata.length * places)
    return {
      plan,
      strata: strata.map((stratum) => ({ stratum, arms: permutedBlocks(arms, plan, { stratum, places }) })),
    }
  }

  private async sitesOf(trial: string): Promise<string[]> {
    return (await this.queries.execute(new SitesOf(trial))).map(({ site }) => site)
  }
}

function imported({ arms }: ArmsDesign, { strata }: Extract<ListOrigin, { source: 'imported' }>): ArmList {
  mustNotBeTooLong(strata.reduce((sum, stratum) => sum + stratum.arms.length, 0))
  const known = new Set(arms.map(({ arm }) => arm))
  if (strata.some((stratum) => stratum.arms.some((arm) => !known.has(arm))))
    throw new Unprocessable('arms-invalid', 'The list has an arm that the design does not have.')
  return { strata: strata.map(({ stratum, arms: list }) => ({ stratum, arms: [...list] })) }
}

/** Asked before anything is generated. */
function mustNotBeTooLong(places: number): void {
  if (places > MOST_PLACES)
    throw new Unprocessable('list-too-long', 'A list has too many places in all; seal several.', { most: MOST_PLACES })
}
