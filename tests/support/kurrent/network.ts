import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

interface Connection {
  near: Socket
  far: Socket
}

/** The wire between clients and the server: forwards TCP until it is told to break. */
export class Network {
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  #frozen = false
  #port = 0

  private constructor(private readonly upstream: number) {
    this.#server = createServer((near) => this.#forward(near))
  }

  /** Listens on a free port of 127.0.0.1 and forwards to `upstream`. */
  static async open(upstream: number): Promise<Network> {
    const network = new Network(upstream)
    await network.#listen(0)
    network.#port = (network.#server.address() as AddressInfo).port
    return network
  }

  get port(): number {
    return this.#port
  }

  /** No new connections, as when the process is gone; those that exist go on. */
  refuse(): void {
    if (this.#server.listening) this.#server.close()
  }

  async accept(): Promise<void> {
    if (!this.#server.listening) await this.#listen(this.#port)
  }

  cutAll(): void {
    for (const connection of [...this.#connections]) this.#end(connection)
  }

  /** Cuts the connection that the server sees as coming from `peer`. */
  cut(peer: string): void {
    for (const connection of [...this.#connections])
      if (peer.endsWith(`:${connection.far.localPort}`)) this.#end(connection)
  }

  /** Nothing arrives any more in either direction, and nobody is told: a dead switch, a stopped process. */
  freeze(): void {
    this.#frozen = true
    for (const { near, far } of this.#connections) {
      near.pause()
      far.pause()
    }
  }

  thaw(): void {
    this.#frozen = false
    for (const { near, far } of this.#connections) {
      near.resume()
      far.resume()
    }
  }

  close(): void {
    this.refuse()
    this.cutAll()
  }

  #forward(near: Socket): void {
    const far = connect(this.upstream, '127.0.0.1')
    const connection = { near, far }
    this.#connections.add(connection)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true)
      from.on('data', (chunk: Buffer) => {
        if (!to.write(chunk)) from.pause()
      })
      to.on('drain', () => {
        if (!this.#frozen) from.resume()
      })
      from.on('end', () => to.end())
      from.on('error', () => this.#end(connection))
      from.on('close', () => this.#end(connection))
    }
    if (this.#frozen) this.freeze()
  }

  #end(connection: Connection): void {
    this.#connections.delete(connection)
    connection.near.destroy()
    connection.far.destroy()
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
  }
}
