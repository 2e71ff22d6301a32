/** States what the stand-in promises, through the real client. What is said of «the server» is what KurrentDB does. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type AllStreamSubscription,
  type AppendResult,
  binaryEvent,
  type EventData,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  type StreamSubscription,
} from '@eventstore/db-client'
import { until } from '../until.js'
import { type KurrentStandIn, startKurrentStandIn } from './kurrent-stand-in.js'

// Without batchAppend: in this client an error of one batch stream fails the pending batches of all clients of the process.
let server: KurrentStandIn
let client: EventStoreDBClient
const opened: EventStoreDBClient[] = []

beforeAll(async () => {
  server = await startKurrentStandIn({ batchAppend: false, commitTimeoutMs: 100 })
  client = connect(server.url)
})

afterEach(() => server.faults.release())

afterAll(async () => {
  for (const each of opened) await each.dispose()
  server.close()
})

function connect(url: string): EventStoreDBClient {
  const each = EventStoreDBClient.connectionString(url)
  opened.push(each)
  return each
}

const newStream = (): string => `twin-${randomUUID()}`
const event = (data: unknown = { n: 1 }, id = randomUUID()): EventData =>
  jsonEvent({ id, type: 'twin.registered', data: data as Record<string, unknown> }) as EventData
const events = (count: number): EventData[] => Array.from({ length: count }, (_, n) => event({ n }))

async function read(stream: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}): Promise<bigint[]> {
  const revisions: bigint[] = []
  for await (const { event: found } of client.readStream(stream, options)) revisions.push(found?.revision ?? -1n)
  return revisions
}

/** The type of the error with which it fails. */
async function failure(attempt: Promise<unknown>): Promise<string> {
  const error = (await attempt.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )) as Error & { type?: string }
  return error.type ?? error.message
}

/** Both ways of appending must show the same semantics. */
describe.each([
  { method: 'append', batchAppend: false },
  { method: 'batchAppend', batchAppend: true },
] as const)('$method', ({ method, batchAppend }) => {
  let node: KurrentStandIn
  let writer: EventStoreDBClient

  beforeAll(async () => {
    node = await startKurrentStandIn({ batchAppend, joins: server, commitTimeoutMs: 100 })
    writer = connect(node.url)
  })
  afterEach(() => node.faults.release())
  afterAll(() => node.close())

  const append = (
    stream: string,
    data: EventData | EventData[],
    expectedRevision: bigint | 'any' | 'no_stream' | 'stream_exists' = 'any',
  ): Promise<AppendResult> => writer.appendToStream(stream, data, { expectedRevision })

  it('is what the client takes when the server lists it', async () => {
    await append(newStream(), event())
    expect(node.requests.at(-1)).toMatchObject({ method, outcome: 'written' })
  })

  it('answers with the last revision, and a position that grows over all streams', async () => {
    const first = await append(newStream(), events(3), 'no_stream')
    const second = await append(newStream(), event(), 'no_stream')
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 2n })
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n)
    expect(second.position?.prepare).toBe(second.position?.commit)
  })

  it('refuses another revision than expected and says which one holds, writing nothing', async () => {
    const stream = newStream()
    await append(stream, events(2))
    await expect(append(stream, event(), 'no_stream')).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 1n,
      expectedVersion: 'no_stream',
    })
    await expect(append(stream, event(), 7n)).rejects.toMatchObject({ actualVersion: 1n, expectedVersion: 7n })
    await expect(append(newStream(), event(), 'stream_exists')).rejects.toMatchObject({ actualVersion: 'no_stream' })
    expect(node.stream(stream)).toHaveLength(2)
  })

  it('takes the same events again as done, when they lie where the writer expects them', async () => {
    const stream = newStream()
    const [before, ...batch] = events(3)
    await append(stream, before as EventData, 'no_stream')
    const first = await append(stream, batch, 0n)
    await append(stream, event(), 2n)
    expect(await append(stream, batch, 0n)).toEqual(first)
    expect(node.stream(stream)).toHaveLength(4)
  })

  it('refuses a part of what was written, and what was written elsewhere', async () => {
    const stream = newStream()
    const [a, b] = events(2) as [EventData, EventData]
    await append(stream, [a, b], 'no_stream')
    expect(await failure(append(stream, [a, event()], 'no_stream'))).toBe('wrong-expected-version')
    expect(await failure(append(stream, [a, b, event()], 'no_stream'))).toBe('wrong-expected-version')
    expect(await failure(append(stream, b, 'no_stream'))).toBe('wrong-expected-version')
    expect(await append(newStream(), a, 'no_stream')).toMatchObject({ success: true })
  })

  it('knows repeated events under «any» only until the server restarts', async () => {
    const stream = newStream()
    const known = event()
    await append(stream, known)
    await append(stream, known)
    expect(node.stream(stream)).toHaveLength(1)
    await node.faults.comeUp()
    await append(stream, known)
    expect(node.stream(stream)).toHaveLength(2)
  })

  it('refuses an append of more than 1 MiB and writes nothing of it', async () => {
    const stream = newStream()
    const half = (): EventData => binaryEvent({ type: 't', data: Buffer.alloc(524_288 - 2) }) as EventData
    await append(stream, [half(), half()], 'no_stream')
    await expect(append(stream, [half(), half(), half()], 1n)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    })
    expect(node.stream(stream)).toHaveLength(2)
  })

  it('refuses a tombstoned stream for ever', async () => {
    const stream = newStream()
    await append(stream, event())
    await client.tombstoneStream(stream)
    expect(await failure(append(stream, event()))).toBe('stream-deleted')
    expect(await failure(read(stream))).toBe('stream-deleted')
  })

  it('refuses whom the access list of the stream does not name', async () => {
    const guest = await startKurrentStandIn({ batchAppend, joins: server, roles: ['guest'] })
    const visitor = connect(guest.url)
    const stream = newStream()
    await append(stream, event())
    await client.setStreamMetadata(stream, { acl: { writeRoles: ['ledger'], readRoles: ['$all'] } })
    expect(await failure(visitor.appendToStream(stream, event()))).toBe('access-denied')
    await visitor.dispose()
    guest.close()
  })

  it('leads whom requires the leader to it', async () => {
    const stream = newStream()
    await append(stream, event())
    const toLeader = { expectedRevision: 0n, requiresLeader: true } as const
    const newcomer = connect(node.url)
    expect(await failure(newcomer.appendToStream(stream, event(), toLeader))).toBe('not-leader')
    await newcomer.appendToStream(stream, event(), toLeader)
    expect(server.requests.at(-1)).toMatchObject({ stream, outcome: 'written', requiresLeader: true })
  })

  it('commits and breaks the connection: the writer learns nothing, and may ask again', async () => {
    const stream = newStream()
    const sent = event()
    node.faults.commitAndCut()
    expect(await failure(append(stream, sent, 'no_stream'))).toBe('unavailable')
    expect(node.stream(stream)).toHaveLength(1)
    expect(await append(stream, sent, 'no_stream')).toMatchObject({ success: true, nextExpectedRevision: 0n })
    expect(node.stream(stream)).toHaveLength(1)
  })

  it('breaks the connection before it writes', async () => {
    const stream = newStream()
    node.faults.cutBeforeCommit()
    expect(await failure(append(stream, event()))).toBe('unavailable')
    expect(node.stream(stream)).toHaveLength(0)
  })

  it('says that a commit took too long, and lands it later all the same', async () => {
    const stream = newStream()
    const release = node.faults.holdWrites()
    expect(await failure(append(stream, event()))).toBe(batchAppend ? 'deadline-exceeded' : 'timeout')
    expect(node.stream(stream)).toHaveLength(0)
    release()
    await until('the write has landed', () => node.stream(stream).length === 1)
  })

  it('is refused while the node is not ready', async () => {
    node.faults.notReady(1)
    expect(await failure(append(newStream(), event()))).toBe(batchAppend ? 'unknown' : 'unavailable')
    expect(await append(newStream(), event())).toMatchObject({ success: true })
  })
})

describe('reading', () => {
  const stream = newStream()
  beforeAll(async () => void (await client.appendToStream(stream, events(6))))

  it('goes forwards and backwards, from a revision, from an end, so many events', async () => {
    expect(await read(stream, { fromRevision: 2n, maxCount: 3 })).toEqual([2n, 3n, 4n])
    expect(await read(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual([5n, 4n])
    expect(await read(stream, { direction: 'backwards', fromRevision: 1n })).toEqual([1n, 0n])
    expect(await read(stream, { fromRevision: 9n })).toEqual([])
  })

  it('says that a stream does not exist', async () => {
    expect(await failure(read(newStream()))).toBe('stream-not-found')
  })

  it('gives data, metadata, type, time and place as they were written, binary byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    const written = binaryEvent({ type: 'twin.bytes', data: bytes, metadata: bytes })
    const target = newStream()
    const before = Date.now()
    const { position } = await client.appendToStream(target, written)
    for await (const { event: found } of client.readStream(target)) {
      expect(found).toMatchObject({ id: written.id, type: 'twin.bytes', streamId: target, isJson: false, position })
      expect(found?.data).toEqual(bytes)
      expect(found?.metadata).toEqual(bytes)
      expect(found?.created.getTime()).toBeGreaterThanOrEqual(before)
    }
    expect(server.stream(target)[0]?.data).toEqual(bytes)
  })

  it('of everything includes the position forwards and excludes it backwards', async () => {
    const all = (await everything({})).map((position) => position.commit)
    expect(all).toEqual(server.log.map((record) => record.position))
    const from = { commit: all[4] as bigint, prepare: all[4] as bigint }
    expect((await everything({ fromPosition: from, maxCount: 2 })).map((p) => p.commit)).toEqual(all.slice(4, 6))
    const back = await everything({ direction: 'backwards', fromPosition: from })
    expect(back.map((p) => p.commit)).toEqual(all.slice(0, 4).reverse())
    expect(await everything({ direction: 'backwards', fromPosition: 'end', maxCount: 1 })).toHaveLength(1)
  })

  it('of everything refuses a position where no event begins', async () => {
    const between = { commit: 3n, prepare: 3n }
    expect(await failure(everything({ fromPosition: between }))).toBe('unknown')
  })

  async function everything(
    options: Parameters<EventStoreDBClient['readAll']>[0],
  ): Promise<{ commit: bigint; prepare: bigint }[]> {
    const positions = []
    for await (const { event: found } of client.readAll(options)) if (found?.position) positions.push(found.position)
    return positions
  }
})

describe('what operators do to streams', () => {
  it('$maxCount and $tb hide events from readers of the stream, and a scavenge takes them from the log', async () => {
    const stream = newStream()
    await client.appendToStream(stream, events(6))
    await client.setStreamMetadata(stream, { maxCount: 2 })
    expect(await read(stream)).toEqual([4n, 5n])
    await client.setStreamMetadata(stream, { truncateBefore: 3 })
    expect(await read(stream)).toEqual([3n, 4n, 5n])
    expect(server.stream(stream)).toHaveLength(6)
    server.scavenge()
    expect(server.stream(stream)).toHaveLength(3)
  })

  it('a deleted stream is not found, and continues its revisions when it is written again', async () => {
    const stream = newStream()
    await client.appendToStream(stream, events(3))
    expect(await failure(client.deleteStream(stream, { expectedRevision: 7n }))).toBe('wrong-expected-version')
    await client.deleteStream(stream)
    expect(await failure(read(stream))).toBe('stream-not-found')
    await client.appendToStream(stream, event(), { expectedRevision: 'no_stream' })
    expect(await read(stream)).toEqual([3n])
  })

  it('a stream that does not exist cannot be deleted, only tombstoned', async () => {
    expect(await failure(client.deleteStream(newStream()))).toBe('wrong-expected-version')
    await client.tombstoneStream(newStream())
    expect(server.log.at(-1)).toMatchObject({ type: '$streamDeleted', revision: 9_223_372_036_854_775_807n })
  })
})

describe('subscriptions', () => {
  /** Follows until closed; notes everything in order. */
  function follow(subscription: AllStreamSubscription | StreamSubscription): {
    seen: (string | bigint | undefined)[]
    error: () => unknown
    end: () => Promise<void>
  } {
    const seen: (string | bigint | undefined)[] = []
    let failed: unknown
    subscription.on('confirmation', () => seen.push('confirmed'))
    subscription.on('caughtUp', () => seen.push('caught up'))
    subscription.on('data', ({ event: found }) => seen.push(found?.revision))
    subscription.on('error', (error) => (failed = error))
    return { seen, error: () => failed, end: () => subscription.unsubscribe() }
  }

  it('confirm, give history, say that they caught up, and go on with what is written', async () => {
    const stream = newStream()
    await client.appendToStream(stream, events(3))
    const { seen, end } = follow(client.subscribeToStream(stream, { fromRevision: 0n }))
    await until('it caught up', () => seen.includes('caught up'))
    await client.appendToStream(stream, events(2))
    await until('the new events came', () => seen.length === 6)
    expect(seen).toEqual(['confirmed', 1n, 2n, 'caught up', 3n, 4n])
    await end()
  })

  it('to everything pass by filter, and begin behind the position they name', async () => {
    const stream = newStream()
    const { position } = await client.appendToStream(stream, event())
    await client.setStreamMetadata(stream, { maxCount: 9 })
    await client.appendToStream(stream, events(40))
    const options = { fromPosition: position ?? 'start', filter: excludeSystemEvents() } as const
    const { seen, end } = follow(client.subscribeToAll(options))
    await until('it caught up', () => seen.includes('caught up'))
    expect(seen.filter((each) => typeof each === 'bigint')).toEqual(Array.from({ length: 40 }, (_, n) => BigInt(n + 1)))
    await end()
  })

  it('from beyond the end of the log are no error, and stay silent', async () => {
    const beyond = (server.log.at(-1)?.position ?? 0n) + 1_000_000n
    const { seen, end, error } = follow(client.subscribeToAll({ fromPosition: { commit: beyond, prepare: beyond } }))
    await until('it caught up', () => seen.includes('caught up'))
    const witness = follow(client.subscribeToAll({ fromPosition: 'end' }))
    await until('the witness is there', () => witness.seen.includes('caught up'))
    await client.appendToStream(newStream(), event())
    await until('the witness saw it', () => witness.seen.includes(0n))
    expect(seen).toEqual(['confirmed', 'caught up'])
    expect(error()).toBeUndefined()
    await witness.end()
    await end()
  })

  it('end with an error when the connection breaks, or their stream is tombstoned', async () => {
    const stream = newStream()
    await client.appendToStream(stream, event())
    const doomed = follow(client.subscribeToStream(stream))
    await until('it caught up', () => doomed.seen.includes('caught up'))
    await client.tombstoneStream(stream)
    await until('it ended', () => doomed.error() !== undefined)
    expect(doomed.error()).toMatchObject({ type: 'stream-deleted' })
    const broken = follow(client.subscribeToAll({ fromPosition: 'end' }))
    await until('it caught up', () => broken.seen.includes('caught up'))
    server.faults.cutConnections()
    await until('it ended', () => broken.error() !== undefined)
    expect(broken.error()).toMatchObject({ type: 'unavailable' })
  })
})

describe('faults', () => {
  it('down, nobody is answered; up again, the same client goes on', async () => {
    server.faults.goDown()
    expect(await failure(read(newStream()))).toBe('unavailable')
    await server.faults.comeUp()
    await until('it answers again', async () => (await failure(read(newStream()))) === 'stream-not-found')
  })

  it('answers stay away until they come too late for the writer, whose event is there all the same', async () => {
    const stream = newStream()
    const sent = event()
    const release = server.faults.holdAnswers()
    const waiting = failure(client.appendToStream(stream, sent))
    await until('it was written', () => server.stream(stream).length === 1)
    server.faults.cutConnections()
    release()
    expect(await waiting).toBe('unavailable')
    await client.appendToStream(stream, sent, { expectedRevision: 'no_stream' })
    expect(server.stream(stream)).toHaveLength(1)
  })

  it('during an election nobody is served who requires the leader', async () => {
    server.cluster.leader = null
    expect(await failure(client.appendToStream(newStream(), event(), { requiresLeader: true }))).toBe('unknown')
    server.lead()
    await client.appendToStream(newStream(), event(), { requiresLeader: true })
    expect(server.requests.slice(-2).map(({ outcome }) => outcome)).toEqual([
      'No leader info available in response',
      'written',
    ])
  })

  it('frozen, nothing is answered until it is released', async () => {
    const stream = newStream()
    const release = server.faults.freeze()
    const waiting = client.appendToStream(stream, event())
    const other = failure(read(stream))
    await until('the read arrived', () => server.requests.at(-1)?.method === 'read')
    expect(server.stream(stream)).toHaveLength(0)
    release()
    expect(await waiting).toMatchObject({ success: true })
    await other
  })

  it('a frozen network passes no byte until it is released', async () => {
    const stream = newStream()
    const asked = server.requests.length
    const release = server.faults.freezeNetwork()
    expect(await failure(client.deleteStream(stream, { deadline: 100 }))).toBe('deadline-exceeded')
    expect(server.requests).toHaveLength(asked)
    release()
    expect(await failure(client.deleteStream(stream))).toBe('wrong-expected-version')
  })

  it('a restored backup lacks the last events, and their positions are given again', async () => {
    const stream = newStream()
    await client.appendToStream(stream, event())
    const { position } = await client.appendToStream(stream, event())
    expect(server.faults.loseLast(1)).toHaveLength(1)
    await until('it answers again', async () => (await failure(read(stream))) === 'it did not fail')
    expect(await read(stream)).toEqual([0n])
    expect((await client.appendToStream(stream, event({ other: true }))).position).toEqual(position)
  })

  it('an altered byte is served as it now is', async () => {
    const stream = newStream()
    await client.appendToStream(stream, binaryEvent({ type: 't', data: Buffer.from([1, 2, 3]) }) as EventData)
    server.faults.alterByte(stream, 0, 'data', 1)
    for await (const { event: found } of client.readStream(stream))
      expect(found?.data).toEqual(Uint8Array.of(1, 0xfd, 3))
  })
})

describe('a cluster', () => {
  it('tells by gossip who leads it, and takes writes that need the leader there', async () => {
    const first = await startKurrentStandIn()
    const second = await startKurrentStandIn({ joins: first })
    second.lead()
    const member = connect(second.clusterUrl)
    const stream = newStream()
    await member.appendToStream(stream, event(), { requiresLeader: true })
    expect(second.requests.at(-1)).toMatchObject({ stream, outcome: 'written' })
    expect(first.stream(stream)).toHaveLength(1)
    await member.dispose()
    second.close()
    first.close()
  })
})
