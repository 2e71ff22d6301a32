/**
 * Tombstones outside the database, one JSON object a line, only ever appended to: for the day when log and vault are both
 * restored from before a destruction. Random ids, no personal data and no key material.
 */
import { open, readFile } from 'node:fs/promises'
import { ConfigurationError, Unavailable } from '../platform/errors.js'
import { KEY_CLASSES } from './key-class.js'
import type { Destruction } from './tombstones.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export class TombstoneFile {
  private noted: Set<string> | undefined

  constructor(private readonly path: string) {}

  /**
   * Every destruction noted, in order.
   *
   * @throws ConfigurationError the file cannot be read, or a line is no tombstone
   */
  async read(): Promise<Destruction[]> {
    const destructions = (await this.text()).split('\n').flatMap((text, index) => {
      // The closing brace comes last: without it a crash cut the line short, and its destruction is in the log.
      if (!text.endsWith('}')) return []
      const destruction = parse(text)
      if (!destruction) throw new ConfigurationError(`Line ${index + 1} of ${this.path} is no tombstone.`)
      return [destruction]
    })
    this.noted = new Set(destructions.map(line))
    return destructions
  }

  /**
   * Notes a destruction, durably, unless this process knows that it is noted.
   *
   * @throws Unavailable `tombstone-file-unwritable`: the keys are destroyed all the same; said again, it is noted
   */
  async note(destruction: Destruction): Promise<void> {
    if (!this.noted) await this.read()
    const text = line(destruction)
    if (this.noted!.has(text)) return
    await this.append(text)
    this.noted!.add(text)
  }

  private async append(text: string): Promise<void> {
    try {
      const file = await open(this.path, 'a', 0o600)
      try {
        // On a line of its own, also behind one that was cut short.
        await file.appendFile(`\n${text}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    } catch (cause) {
      throw new Unavailable(
        'tombstone-file-unwritable',
        'A destruction could not be noted in the tombstone file.',
        { reason: (cause as NodeJS.ErrnoException).code },
        { cause },
      )
    }
  }

  private async text(): Promise<string> {
    try {
      return await readFile(this.path, 'utf8')
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'ENOENT') return ''
      throw new ConfigurationError(`The tombstone file ${this.path} cannot be read (${code}).`, {}, { cause })
    }
  }
}

function line({ subject, classes, kids = [], event, position }: Destruction): string {
  return JSON.stringify({ subject, classes, kids, event, position })
}

function parse(text: string): Destruction | null {
  try {
    const { subject, classes, kids, event, position } = JSON.parse(text) as Partial<Destruction>
    const ids = [subject, event, ...(kids ?? [])]
    const wellFormed =
      ids.every((id) => typeof id === 'string' && UUID.test(id)) &&
      Number.isInteger(position) &&
      classes!.length > 0 &&
      classes!.every((keyClass) => KEY_CLASSES.includes(keyClass))
    return wellFormed ? { subject: subject!, classes: classes!, kids, event: event!, position: position! } : null
  } catch {
    return null
  }
}
