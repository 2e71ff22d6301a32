import { Gate } from './gate.js'
import type { Network } from './network.js'
import type { LogRecord } from './records.js'
import type { TransactionLog } from './transaction-log.js'

/** What happens to one write. */
export type WriteFate = 'answered' | 'cut-before-commit' | 'cut-after-commit'

/** What a test can do to the server. Each fault says what the real one looks like from outside. */
export class Faults {
  readonly #frozen = new Gate()
  readonly #writes = new Gate()
  readonly #answers = new Gate()
  readonly #fates: WriteFate[] = []
  #notReady = 0

  constructor(
    private readonly network: Network,
    private readonly log: TransactionLog,
  ) {}

  /** The process is gone: connections are cut and new ones refused. */
  goDown(): void {
    this.network.close()
  }

  /** The process is back with what it had on disk; what it kept in memory is lost. */
  async comeUp(): Promise<void> {
    this.log.forgetIds()
    await this.network.accept()
  }

  /** Every connection breaks now; new ones are accepted. */
  cutConnections(): void {
    this.network.cutAll()
  }

  /** The next writes are committed, but the connection breaks before the answer. */
  commitAndCut(times = 1): void {
    this.#fates.push(...Array<WriteFate>(times).fill('cut-after-commit'))
  }

  /** The connection of the next writes breaks before anything is written. */
  cutBeforeCommit(times = 1): void {
    this.#fates.push(...Array<WriteFate>(times).fill('cut-before-commit'))
  }

  /** The next requests are refused: the node starts, or is between two states. */
  notReady(times = Infinity): void {
    this.#notReady = times
  }

  /** Ends {@link notReady}. */
  ready(): void {
    this.#notReady = 0
  }

  /**
   * Writes are taken but do not reach the log until released: a slow disk, a slow replica. They land then, whether or not
   * their callers still wait; after its commit timeout the server tells a waiting caller that it does not know.
   */
  holdWrites(): () => void {
    return this.#writes.shut()
  }

  /** Writes land at once, but their answers stay away until released. */
  holdAnswers(): () => void {
    return this.#answers.shut()
  }

  /** Nothing is answered until released; the connections stay alive, pings included. */
  freeze(): () => void {
    return this.#frozen.shut()
  }

  /** No byte passes until released: pings stay unanswered too. */
  freezeNetwork(): () => void {
    this.network.freeze()
    return () => this.network.thaw()
  }

  /** A backup that lacks the last `count` records was restored. Returns what is lost; all connections break. */
  loseLast(count: number): LogRecord[] {
    const lost = this.log.loseLast(count)
    this.network.cutAll()
    return lost
  }

  /** Flips the bits of one byte of a stored event. */
  alterByte(stream: string, revision: number, part: 'data' | 'metadata' = 'data', at = 0): void {
    const record = this.log.recordAt(stream, BigInt(revision))
    const byte = record?.[part][at]
    if (record === undefined || byte === undefined)
      throw new Error(`There is no such byte: ${stream}@${revision} ${part}[${at}]`)
    const altered = Uint8Array.from(record[part])
    altered[at] = byte ^ 0xff
    record[part] = altered
  }

  /** Lets everything go on that waits. */
  release(): void {
    this.ready()
    this.#fates.length = 0
    for (const gate of [this.#frozen, this.#writes, this.#answers]) gate.open()
    this.network.thaw()
  }

  /** For the services: true when this request is to be refused as not ready. */
  takeNotReady(): boolean {
    if (this.#notReady <= 0) return false
    this.#notReady--
    return true
  }

  /** For the services: what happens to this write. */
  takeFate(): WriteFate {
    return this.#fates.shift() ?? 'answered'
  }

  /** For the services: passes while the server is not frozen. */
  thawed(): Promise<void> {
    return this.#frozen.pass()
  }

  /** For the services: passes when writes may reach the log. */
  writable(): Promise<void> {
    return this.#writes.pass()
  }

  /** For the services: passes when writes may be answered. */
  answerable(): Promise<void> {
    return this.#answers.pass()
  }
}
