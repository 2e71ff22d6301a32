/**
 * The floor under an append in Node.js: what is left when nothing is checked. The same bytes are sealed, digested three times
 * (payload, leaf, node of the tree), signed once a batch and inserted under the same unique indexes, in the same batches, one
 * commit each. There are no header, no tree, no head, no revision to agree with and no repetition to recognise.
 */
import {
  createCipheriv,
  createSecretKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto'
import pg from 'pg'
import { byteaArray, int4Array, textArray, uuidArray } from '../../src/ledger/postgres/binary-array.js'
import type { BenchDatabase } from './bench-database.js'
import type { Request } from './closed-loop.js'
import { observation } from './one-append.js'

const MAX_IN_FLIGHT = 2
const MAX_BATCH_EVENTS = 256

interface BareEvent {
  id: string
  stream: string
  revision: number
  leaf: Buffer
  stored: Buffer
  written: () => void
  failed: (error: Error) => void
}

/** As long as the ledger's own: what is said in it does not matter here. */
const LEAF_REST = 'x'.repeat(480)
const PROTECTED_HEADER = 'x'.repeat(184)

const INSERT = {
  name: 'bare',
  text: `insert into public.bare_event (position, id, stream, revision, leaf, stored)
    select generate_series($1::bigint, $1::bigint + cardinality($2::uuid[]) - 1), unnest($2::uuid[]), unnest($3::text[]),
           unnest($4::integer[]), unnest($5::bytea[]), unnest($6::bytea[])`,
}

class BareWriter {
  private readonly waiting: BareEvent[] = []
  private readonly key = generateKeyPairSync('ed25519').privateKey
  private inFlight = 0
  private position = 0

  constructor(private readonly client: pg.Client) {}

  write(event: Omit<BareEvent, 'written' | 'failed'>): Promise<void> {
    return new Promise((written, failed) => {
      if (this.waiting.push({ ...event, written, failed }) === 1) setImmediate(() => this.pump())
    })
  }

  private pump(): void {
    while (this.waiting.length > 0 && this.inFlight < MAX_IN_FLIGHT) {
      const share = this.inFlight === 0 ? Math.ceil(this.waiting.length / MAX_IN_FLIGHT) : this.waiting.length
      void this.insert(this.waiting.splice(0, Math.min(share, MAX_BATCH_EVENTS)))
    }
  }

  private async insert(batch: BareEvent[]): Promise<void> {
    const first = this.position
    this.position += batch.length
    this.inFlight++
    sign(null, batch[0]!.leaf, this.key)
    const columns = [
      uuidArray(batch.map(({ id }) => id)),
      textArray(batch.map(({ stream }) => stream)),
      int4Array(batch.map(({ revision }) => revision)),
      byteaArray(batch.map(({ leaf }) => leaf)),
      byteaArray(batch.map(({ stored }) => stored)),
    ]
    try {
      await this.client.query({ ...INSERT, values: [first, ...columns] })
      for (const { written } of batch) written()
    } catch (error) {
      for (const { failed } of batch) failed(error as Error)
    }
    this.inFlight--
    // Those who were answered make their next requests first.
    setImmediate(() => this.pump())
  }
}

/** @param streams how many are written to in turns */
export async function openBareAppend(
  db: BenchDatabase,
  streams: number,
): Promise<{ append: Request; close(): Promise<void> }> {
  await db.ownerPool.query(`create table public.bare_event (
    position bigint primary key, id uuid not null unique, stream text collate "C" not null, revision integer not null,
    leaf bytea not null, stored bytea not null, unique (stream, revision))`)
  await db.ownerPool.query('alter table public.bare_event alter column stored set storage external')
  const client = new pg.Client({ connectionString: db.ownerUrl, pipeline: true })
  await client.connect()
  await client.query('set plan_cache_mode = force_generic_plan')
  const writer = new BareWriter(client)
  const names = Array.from({ length: streams }, () => `twin-${randomUUID()}`)
  const key = createSecretKey(randomBytes(32))
  let next = 0
  const append: Request = (_client, sequence) => {
    const id = randomUUID()
    const turn = next++
    const stored = sealed(JSON.stringify(observation(sequence)), key, turn)
    const leaf = Buffer.from(`{"digest":"${hash('sha256', stored, 'base64url')}","id":"${id}"${LEAF_REST}}`, 'latin1')
    hash('sha256', hash('sha256', leaf, 'binary'), 'binary')
    return writer.write({ id, stream: names[turn % streams]!, revision: Math.floor(turn / streams), leaf, stored })
  }
  return { append, close: () => client.end() }
}

const nonce = Buffer.alloc(12)

function sealed(plaintext: string, key: KeyObject, sequence: number): Buffer {
  nonce.writeUInt32BE(sequence)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(nonce)
  const text = cipher.update(plaintext, 'utf8').toString('base64url')
  cipher.final()
  const tag = cipher.getAuthTag().toString('base64url')
  return Buffer.from(`${PROTECTED_HEADER}..${nonce.toString('base64url')}.${text}.${tag}`, 'latin1')
}
