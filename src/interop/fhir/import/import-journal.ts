/** What an import has finished, so that it goes on where it was interrupted. */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidRequest } from '../../../platform/errors.js'

const FILE = '.twin-ledger-import.json'
const VERSION = 1

interface Contents {
  version: typeof VERSION
  finished: string[]
}

/**
 * A small file in the state directory. It holds digests of file name and content together and no names, because file
 * names of patient records name patients.
 */
export class ImportJournal {
  private saving: Promise<void> = Promise.resolve()

  private constructor(
    private readonly path: string,
    private readonly finished: Set<string>,
  ) {}

  /** @throws InvalidRequest `import-journal-unreadable` when the file is there and is not a journal */
  static async open(directory: string): Promise<ImportJournal> {
    await mkdir(directory, { recursive: true })
    const path = join(directory, FILE)
    return new ImportJournal(path, new Set(await readFinished(path)))
  }

  /** The name under which a file's content is remembered: a changed file is a new one. */
  static keyOf(name: string, content: Buffer): string {
    return createHash('sha256').update(JSON.stringify(name)).update('\n').update(content).digest('base64url')
  }

  has(key: string): boolean {
    return this.finished.has(key)
  }

  /** Remembers a finished file; resolves when that is on disk. */
  add(key: string): Promise<void> {
    this.finished.add(key)
    this.saving = this.saving.then(() => this.save())
    return this.saving
  }

  /** Written whole under another name first: an interruption leaves the earlier journal. */
  private async save(): Promise<void> {
    const contents: Contents = { version: VERSION, finished: [...this.finished] }
    const file = await open(`${this.path}.new`, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(contents))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${this.path}.new`, this.path)
  }
}

async function readFinished(path: string): Promise<string[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const finished = parse(text)
  if (finished) return finished
  throw new InvalidRequest(
    'import-journal-unreadable',
    'The journal of the import is damaged; remove it to start anew.',
    {
      path,
    },
  )
}

function parse(text: string): string[] | undefined {
  try {
    const { version, finished } = JSON.parse(text) as Partial<Contents>
    const usable = version === VERSION && Array.isArray(finished) && finished.every((key) => typeof key === 'string')
    return usable ? finished : undefined
  } catch {
    return undefined
  }
}
