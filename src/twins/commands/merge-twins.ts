import { randomUUID } from 'node:crypto'
import { Inject, Optional } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { InvalidRequest, NotFound, RevisionConflict } from '../../platform/errors.js'
import { IdentifierIndex } from '../../vault/identifier-index.js'
import type { Identifier } from '../facts.js'
import { judged } from '../judge-proposal.js'
import { MERGE_COMPANION, type MergeCompanion } from '../merge-companion.js'
import { proposalOn, propose } from '../proposal.js'
import { TwinReader } from '../twin-reader.js'
import { twinStream, type TwinState } from '../twin-state.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** The twin that is merged: by id, or by an identifier that it is known under. */
export type MergedTwin = { twin: string } | { identifier: Identifier }

/**
 * Merges another twin of the same person into this one. Nothing moves: the merged stream stays as it is and takes no more
 * changes; the survivor refers to it up to its last revision, and its identifiers lead to the survivor from now on.
 */
export class MergeTwins extends Command<TwinReceipt & { merged: string }> {
  constructor(
    readonly context: CommandContext,
    readonly merge: { survivor: string; ifRevision?: number; merged: MergedTwin },
  ) {
    super()
  }
}

/** Changes of either twin that come in between make the merge be decided again, so often at the most. */
const MAX_ATTEMPTS = 8

@CommandHandler(MergeTwins)
export class MergeTwinsHandler implements ICommandHandler<MergeTwins> {
  constructor(
    private readonly reader: TwinReader,
    private readonly writer: TwinWriter,
    private readonly identifiers: IdentifierIndex,
    @Optional() @Inject(MERGE_COMPANION) private readonly companion?: MergeCompanion,
  ) {}

  /**
   * @throws NotFound `twin-not-found`; InvalidRequest `twin-merge-with-itself`
   * @throws Conflict `twin-merged`: one of them was merged before; `twin-withdrawn`; `twin-already-absorbed`
   */
  async execute({ context, merge }: MergeTwins): Promise<TwinReceipt & { merged: string }> {
    const merged = await this.mergedTwin(merge.merged)
    const receipt = await this.record(context, { ...merge, merged })
    // Identifiers follow last: until they do, a record that arrives for the merged twin is led on by its `survivor`.
    await this.identifiers.repoint(merged, { twin: merge.survivor, subject: receipt.subject })
    const { subject: _subject, ...answer } = receipt
    return { ...answer, merged }
  }

  private async mergedTwin(by: MergedTwin): Promise<string> {
    if ('twin' in by) return by.twin
    const known = await this.identifiers.lookup(by.identifier)
    if (!known) throw new NotFound('twin-not-found', 'No twin is known under that identifier.')
    return known.twin
  }

  private async record(
    context: CommandContext,
    { survivor, ifRevision, merged }: { survivor: string; ifRevision?: number; merged: string },
  ): Promise<TwinReceipt & { subject: string }> {
    if (survivor === merged) throw new InvalidRequest('twin-merge-with-itself', 'A twin cannot be merged with itself.')
    for (let attempt = 1; ; attempt++) {
      const [surviving, ending] = await Promise.all([this.reader.state(survivor), this.reader.state(merged)])
      if (ifRevision !== undefined && surviving.revision !== ifRevision) {
        throw new RevisionConflict(twinStream(survivor), ifRevision, surviving.revision)
      }
      if (ending.survivor === survivor) return { ...answerAgain(surviving), subject: surviving.subject! }
      const deciding = { name: () => randomUUID(), at: new Date().toISOString() }
      const end = propose(proposalOn(merged, ending), { type: 'merge-into', survivor }, deciding)
      const absorb = { type: 'absorb', merged, revision: ending.revision } as const
      const live = judged(propose(proposalOn(survivor, surviving), absorb, deciding), deciding)
      try {
        const subjects = { survivor: surviving.subject!, ended: ending.subject! }
        const beside = await this.companion?.writesOf(subjects)
        const receipt = await this.writer.append(context, [live, end], { beside })
        return { ...receipt, subject: surviving.subject! }
      } catch (error) {
        // Whether the revision that the caller insists on still holds is looked at again.
        if (!(error instanceof RevisionConflict) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }
}

/** Merged already: said again, the answer is where the survivor stands. */
function answerAgain({ twin, revision, position }: TwinState): TwinReceipt {
  return { twin: twin!, revision, position, eventIds: [], replayed: true }
}
