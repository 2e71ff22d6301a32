/** What it costs to answer for one person: the copy of a long record, and forgetting one among many. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { INestApplicationContext } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { CommandContext } from '../src/journal/command-context.js'
import { Journal, type JournalEntry } from '../src/journal/journal.js'
import { readConfiguration } from '../src/platform/configuration.js'
import { JsonLogger } from '../src/platform/logging/logger.js'
import { DecideRequest } from '../src/privacy/commands/decide-request.js'
import { ReceiveRequest } from '../src/privacy/commands/receive-request.js'
import { AccessPack } from '../src/privacy/copies/access-pack.js'
import { ErasureProcess } from '../src/privacy/forgetting/erasure-process.js'
import { ForgettingJournal } from '../src/privacy/forgetting/forgetting-journal.js'
import { ProjectionEngine } from '../src/projections/projection-engine.js'
import { startService } from '../src/service.js'
import { KEY_CLASSES } from '../src/vault/key-class.js'
import type { BenchOptions } from './run.js'
import { quantile } from './support/closed-loop.js'

const LONG_RECORD = 10_000
/** Few, so that many persons are there soon: what an erasure costs is held against the number of others. */
const EVENTS_A_PERSON = 3
const PERSONS_A_ROUND = 200
const ERASED = 10
const PORT = '4719'

const as = (role: string): CommandContext => ({ actor: { id: `${role}-bench`, role }, correlation: randomUUID() })

/** Events of a person as a source would send them, sealed under their key. */
function record(count: number): JournalEntry[] {
  const data = { telecom: [{ system: 'phone', value: '+41 00 000 00 00' }], source: { system: 'bench' } }
  return Array.from({ length: count }, () => ({ event: { type: 'twin.contact-recorded', data } }))
}

class Ledger {
  private readonly journal
  private readonly commands
  constructor(private readonly app: INestApplicationContext) {
    this.journal = app.get(Journal, { strict: false })
    this.commands = app.get(CommandBus, { strict: false })
  }

  async persons(count: number, events: number): Promise<string[]> {
    const subjects = Array.from({ length: count }, () => randomUUID())
    for (let from = 0; from < count; from += PERSONS_A_ROUND) {
      const round = subjects.slice(from, from + PERSONS_A_ROUND)
      await this.journal.prepareSealing(round, 'contact')
      await Promise.all(
        round.map((subject) => {
          const entries = record(events).map((entry) => ({ ...entry, subject }))
          return this.journal.append(as('steward'), [
            { stream: `twin-${randomUUID()}`, expectedRevision: 'any', entries },
          ])
        }),
      )
    }
    return subjects
  }

  async caughtUp(): Promise<number> {
    const { size } = await this.journal.store.head()
    await this.app.get(ProjectionEngine, { strict: false }).waitFor(size, 600_000)
    return size
  }

  /** Milliseconds from the start of an erasure to its end. */
  async erase(subject: string): Promise<number> {
    const forgetting = this.app.get(ForgettingJournal, { strict: false })
    const erasure = randomUUID()
    const decision = { erasure, request: randomUUID(), ground: '17-1-b', classes: KEY_CLASSES, retained: [] } as const
    await forgetting.record(as('compliance'), subject, { type: 'decide-erasure', ...decision })
    await forgetting.record(as('qa'), subject, { type: 'confirm-erasure', erasure, by: 'qa' })
    await forgetting.record(as('administrator'), subject, { type: 'start-erasure', erasure, by: 'administrator' })
    const start = performance.now()
    await this.app.get(ErasureProcess, { strict: false }).finish(as('service'), subject, erasure)
    return performance.now() - start
  }

  /** Milliseconds and bytes of a whole access pack. */
  async pack(subject: string): Promise<{ milliseconds: number; bytes: number }> {
    const asked = { subject, kind: 'access', channel: 'electronic', signedIn: true } as const
    const { request } = await this.commands.execute(new ReceiveRequest(as('compliance'), asked))
    await this.commands.execute(new DecideRequest(as('compliance'), { request, outcome: 'granted', grounds: [] }))
    const start = performance.now()
    const { content } = await this.app.get(AccessPack, { strict: false }).start(as('compliance'), request)
    let bytes = 0
    for await (const chunk of content) bytes += (chunk as Buffer).length
    return { milliseconds: performance.now() - start, bytes }
  }
}

/** @param options.events persons in the largest round; each round has ten times as many as the one before */
export async function privacyBench({ events: most = 10_000 }: BenchOptions): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-bench-privacy-'))
  const { configuration } = readConfiguration({ PORT, TWIN_LEDGER_DATA: folder, TWIN_LEDGER_DEMO: 'off' })
  const { app, shutdown } = await startService(configuration, new JsonLogger('error'))
  try {
    const ledger = new Ledger(app)
    const [person] = await ledger.persons(1, LONG_RECORD)
    await ledger.caughtUp()
    const accessPack = { events: LONG_RECORD, ...(await ledger.pack(person!)) }
    const erasing: object[] = []
    for (let persons = most / 100, before = 1; persons <= most; before = persons, persons *= 10) {
      const added = await ledger.persons(persons - before, EVENTS_A_PERSON)
      const size = await ledger.caughtUp()
      const times: number[] = []
      for (const subject of added.slice(0, ERASED)) times.push(await ledger.erase(subject))
      erasing.push({ persons, events: size, milliseconds: { p50: quantile(times, 0.5), max: Math.max(...times) } })
    }
    return { accessPack, erasingOnePersonAmong: erasing }
  } finally {
    await shutdown.run()
    await rm(folder, { recursive: true, force: true })
  }
}
