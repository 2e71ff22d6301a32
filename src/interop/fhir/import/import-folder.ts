/** Bulk import of a folder of bundles: bounded, resumable, and safe to repeat because recording is idempotent. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { InvalidRequest, Unavailable } from '../../../platform/errors.js'
import { bundleFiles, readBundleFile } from './bundle-files.js'
import { ImportJournal } from './import-journal.js'
import { countResponse, emptySummary, type ImportSummary } from './import-summary.js'
import type { SendAnswer, SendBundle } from './send-bundle.js'

export interface ImportOptions {
  folder: string
  /** Where the journal is kept; never the source folder, which may be read-only and belongs to somebody else. */
  stateDirectory: string
  send: SendBundle
  /** Bundles under way at once; default 2. */
  concurrency?: number
  /** Tries for each bundle while the service is away; default 8, which is about two minutes. */
  attempts?: number
  /** Milliseconds before the second try; doubled each time, up to 30 s. Default 500. */
  backOff?: number
  signal?: AbortSignal
  /** Called after each file. */
  onProgress?: (summary: Readonly<ImportSummary>) => void
}

const LONGEST_WAIT = 30_000

/**
 * Sends every bundle of a folder that no earlier run finished. A bundle that the service refuses is reported, not
 * remembered, so that it is tried again next time; a bundle whose answer was lost is sent again, which records nothing twice.
 *
 * @throws InvalidRequest `import-folder-missing`, `import-journal-unreadable`
 * @throws Unavailable when the service stayed away; what was finished is remembered
 * @throws TwinLedgerError what `send` throws for good
 */
export async function importFolder(options: ImportOptions): Promise<ImportSummary> {
  const files = await bundleFiles(options.folder)
  const journal = await ImportJournal.open(options.stateDirectory)
  const summary = emptySummary(files.length)
  const run = new ImportRun(options, journal, summary)
  await run.all(files)
  return summary
}

class ImportRun {
  /** One failure that cannot be mended ends the run for all workers. */
  private readonly stop = new AbortController()
  private readonly signal: AbortSignal

  constructor(
    private readonly options: ImportOptions,
    private readonly journal: ImportJournal,
    private readonly summary: ImportSummary,
  ) {
    this.signal = AbortSignal.any([this.stop.signal, ...(options.signal ? [options.signal] : [])])
  }

  /** @throws the first error of any worker, after all have come to rest */
  async all(files: readonly string[]): Promise<void> {
    const waiting = [...files]
    const work = async () => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        this.signal.throwIfAborted()
        await this.one(file)
        this.options.onProgress?.(this.summary)
      }
    }
    const workers = Array.from({ length: this.options.concurrency ?? 2 }, () =>
      work().catch((error: unknown) => {
        this.stop.abort(error)
        throw error
      }),
    )
    await Promise.allSettled(workers)
    this.signal.throwIfAborted()
  }

  private async one(file: string): Promise<void> {
    const body = await readBundleFile(join(this.options.folder, file)).catch(refusalOfFile)
    if ('refused' in body) return this.refuse(file, body.refused)
    const key = ImportJournal.keyOf(file, body)
    if (this.journal.has(key)) {
      this.summary.skipped += 1
      return
    }
    const answer = await this.send(body)
    if ('refused' in answer) return this.refuse(file, answer.refused)
    const refusedBefore = this.summary.entries.refused
    countResponse(this.summary, file, answer.response)
    if (this.summary.entries.refused === refusedBefore) await this.journal.add(key)
  }

  private refuse(file: string, { code, message }: { code: string; message: string }): void {
    this.summary.refusals.push({ file, code, message })
  }

  private async send(body: Buffer): Promise<SendAnswer> {
    const { send, attempts = 8, backOff = 500 } = this.options
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(body, this.signal)
      } catch (error) {
        if (!(error instanceof Unavailable) || attempt >= attempts) throw error
      }
      // Up to half more at random, so that several importers do not come back at once.
      const pause = Math.min(backOff * 2 ** (attempt - 1), LONGEST_WAIT) * (1 + Math.random() / 2)
      await wait(pause, undefined, { signal: this.signal })
    }
  }
}

function refusalOfFile(error: unknown): { refused: { code: string; message: string } } {
  if (!(error instanceof InvalidRequest)) throw error
  return { refused: { code: error.code, message: error.message } }
}
