/** What rooms keep of a person beside the log, and how it goes when the person is forgotten. */
import { Injectable } from '@nestjs/common'
import type { KeyClass } from '../vault/key-class.js'

/** A place that holds something of persons: a table, files, an index in memory. */
export interface TraceHolder {
  /** kebab-case; the erasure's event and its certificate name it. */
  readonly name: string
  /** `schema.table` of each table with a person's rows that this holder answers for; empty for files and memory. */
  readonly tables: readonly string[]
  /**
   * Removes everything of the person that belongs to these classes. Said again, there is nothing left to remove.
   *
   * @returns how many items went
   */
  purge(subject: string, classes: readonly KeyClass[]): Promise<number>
}

/** Each room registers its holder when the module starts; an erasure asks all of them. */
@Injectable()
export class SubjectTraces {
  private readonly byName = new Map<string, TraceHolder>()

  /** @throws Error the name is taken */
  register(holder: TraceHolder): void {
    if (this.byName.has(holder.name)) throw new Error(`Two holders of traces are named ${holder.name}.`)
    this.byName.set(holder.name, holder)
  }

  holders(): readonly TraceHolder[] {
    return [...this.byName.values()]
  }
}
