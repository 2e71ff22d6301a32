/** emmett-postgresql lives in bench/peers, apart from the product's packages. */
import { createRequire } from 'node:module'

export interface EmmettStore {
  appendToStream(stream: string, events: { type: string; data: object }[]): Promise<unknown>
  readStream(stream: string): Promise<{ events: unknown[] }>
  close(): Promise<void>
}

/** A store on the database, with its tables made. */
export async function openEmmett(url: string): Promise<EmmettStore> {
  const peers = createRequire(new URL('../../../bench/peers/package.json', import.meta.url))
  const { getPostgreSQLEventStore } = (await import(peers.resolve('@event-driven-io/emmett-postgresql'))) as {
    getPostgreSQLEventStore(url: string): EmmettStore
  }
  const store = getPostgreSQLEventStore(url)
  await store.appendToStream('warm-up', [{ type: 'warm-up', data: {} }])
  return store
}
