import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type HistoryPoint } from '../../journal/journal.js'
import { metadataOf } from '../../journal/recorded-event.js'
import { NotFound } from '../../platform/errors.js'
import type { ModelVersionEvent } from './events.js'
import { modelVersionDecider, type ModelVersionCommand } from './model-version.js'
import { evolve, modelVersionStream, UNPROPOSED, type ModelVersionState } from './model-version-state.js'

/** A version of a model: what a card names. */
export interface ModelVersionId {
  model: string
  version: string
}

export interface FoldedVersion {
  state: ModelVersionState
  /** -1 before the proposal. */
  revision: number
}

/** What a change led to. */
export interface ModelVersionReceipt extends ModelVersionId {
  revision: number
  position: number
  replayed: boolean
}

/**
 * Reads and records versions of models. What was folded is kept and only what came since is read, so the gate before each run
 * is exact and cheap at once: no retirement is overlooked.
 */
@Injectable()
export class ModelVersions {
  private readonly folded = new Map<string, FoldedVersion>()

  constructor(private readonly journal: Journal) {}

  /** As of this moment. */
  async read(id: ModelVersionId): Promise<FoldedVersion> {
    const stream = this.streamOf(id)
    let { state, revision } = this.folded.get(stream) ?? { state: UNPROPOSED, revision: -1 }
    const since = await this.journal.store.readStream(stream, { from: revision + 1 })
    for (const event of await this.journal.openAll(since)) {
      state = evolve(state, event as { type: string; data: object } as ModelVersionEvent, metadataOf(event))
      revision = event.header.revision
    }
    // Another request may have read further meanwhile. There are as many versions as there are cards: all are kept.
    if (revision > (this.folded.get(stream)?.revision ?? -1)) this.folded.set(stream, { state, revision })
    return { state, revision }
  }

  /** @throws NotFound `model-version-not-found`: never proposed, or not yet at that point */
  async existing(id: ModelVersionId, point?: HistoryPoint): Promise<FoldedVersion> {
    const found = point ? await this.journal.load(modelVersionDecider, this.streamOf(id), point) : await this.read(id)
    if (found.state.status === null)
      throw new NotFound('model-version-not-found', 'There is no such version of the model.')
    return { state: found.state, revision: found.revision }
  }

  /** Decides and records. Errors are those of `decide`; RevisionConflict when `ifRevision` does not hold. */
  async record(
    context: CommandContext,
    id: ModelVersionId,
    command: ModelVersionCommand,
    ifRevision?: number,
  ): Promise<ModelVersionReceipt> {
    const stream = this.streamOf(id)
    const receipt = await this.journal.execute(context, { stream, decider: modelVersionDecider, command, ifRevision })
    const { revision, position } = receipt.events.at(-1)!
    return { model: id.model, version: id.version, revision, position, replayed: receipt.replayed }
  }

  /** The stream that holds a version: what an approver signs a revision of. */
  streamOf({ model, version }: ModelVersionId): string {
    return modelVersionStream(this.journal.deriveEventId('model-version', model, version))
  }
}
