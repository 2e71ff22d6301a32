/** Sending bundles to the use case itself, for the evaluation data set and tests. */
import type { CommandContext } from '../../../journal/command-context.js'
import { TwinLedgerError } from '../../../platform/errors.js'
import type { IngestBundle } from '../ingest-bundle.js'
import { parseJsonBody } from '../json-guard.js'
import type { SendBundle } from './send-bundle.js'

/** @param context gives each bundle a context of its own, with its own correlation */
export function inProcessSender(ingest: IngestBundle, context: () => CommandContext, source?: string): SendBundle {
  return async (body) => {
    try {
      const { response } = await ingest.execute(context(), parseJsonBody(body), { source })
      return { response }
    } catch (error) {
      if (!(error instanceof TwinLedgerError) || error.status >= 500) throw error
      const { status, code, message } = error
      return { refused: { status, code, message } }
    }
  }
}
