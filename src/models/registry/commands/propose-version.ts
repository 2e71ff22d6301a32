import { createHash } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { canonicalJson } from '../../../ledger/canonical-json.js'
import { Unprocessable } from '../../../platform/errors.js'
import type { ModelCard } from '../../model-card.js'
import type { ModelNature } from '../credibility-factors.js'
import type { ModelDigests } from '../model-digests.js'
import { ModelVersions, type ModelVersionReceipt } from '../model-versions.js'

export interface VersionProposal {
  /** Names model and version. */
  card: ModelCard
  nature: ModelNature
  digests: ModelDigests
}

/** Puts a version of a model on record with its card and the digests of its code and coefficients, for assessment. */
export class ProposeVersion extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly proposal: VersionProposal,
  ) {
    super()
  }
}

@CommandHandler(ProposeVersion)
export class ProposeVersionHandler implements ICommandHandler<ProposeVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws Conflict `model-version-exists`; Unprocessable `card-incomplete` */
  execute({ context, proposal: { card, nature, digests } }: ProposeVersion): Promise<ModelVersionReceipt> {
    const { id: model, version, questionOfInterest, contextOfUse } = card
    if (![model, version, questionOfInterest, contextOfUse].every(Boolean))
      throw new Unprocessable(
        'card-incomplete',
        'A card names model, version, question of interest and context of use.',
      )
    const proposal = {
      model,
      version,
      nature,
      card,
      cardDigest: createHash('sha256').update(canonicalJson(card)).digest('hex'),
      codeDigest: digests.code,
      coefficientDigest: digests.coefficients,
    }
    return this.versions.record(context, { model, version }, { type: 'propose', proposal })
  }
}
