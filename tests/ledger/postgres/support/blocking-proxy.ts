/** A network between the ledger and its database that a test can cut or freeze. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface BlockingProxy {
  /** The database's URL, through the proxy. */
  url: string
  /** Breaks every connection and refuses new ones. */
  cut(): void
  /** Connections stay open, new ones too, but nothing passes any more. */
  freeze(): void
  /** Lets new connections through. What was frozen stays so: its bytes are lost. */
  restore(): void
  close(): Promise<void>
}

export async function openBlockingProxy(databaseUrl: string): Promise<BlockingProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let state: 'open' | 'cut' | 'frozen' = 'open'
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    if (state === 'cut') return client.destroy()
    if (state === 'frozen') return client.resume()
    const database = connect(Number(target.port), target.hostname)
    keep(database)
    client.pipe(database)
    database.pipe(client)
    client.on('close', () => database.destroy())
    database.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.toString(),
    cut: () => {
      state = 'cut'
      for (const socket of sockets) socket.destroy()
    },
    freeze: () => {
      state = 'frozen'
      for (const socket of sockets) socket.unpipe().resume()
    },
    restore: () => {
      state = 'open'
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
