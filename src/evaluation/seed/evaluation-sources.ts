import type { CommandBus } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { TwinLedgerError } from '../../platform/errors.js'
import { ChangeSources } from '../../sources/commands/change-sources.js'
import type { SourceKind } from '../../sources/events.js'

/** The made-up systems that evaluation data comes from; data of any other is refused until a steward registers it. */
export const EVALUATION_SOURCES: readonly { source: string; kind: SourceKind }[] = [
  { source: 'evaluation-hospital', kind: 'record-system' },
  { source: 'evaluation-clinic', kind: 'record-system' },
  { source: 'clinic-ehr', kind: 'record-system' },
  { source: 'tour-hospital', kind: 'import-file' },
  { source: 'unnamed-source', kind: 'import-file' },
]

/** Registers those that are missing. One that was revoked meanwhile stays revoked only until the next start. */
export async function registerEvaluationSources(commands: CommandBus, context: CommandContext): Promise<void> {
  try {
    await commands.execute(new ChangeSources(context, { do: 'register', sources: EVALUATION_SOURCES }))
  } catch (error) {
    if (!(error instanceof TwinLedgerError && error.code === 'source-registered-already')) throw error
  }
}
