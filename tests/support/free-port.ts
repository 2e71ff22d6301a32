import { createServer } from 'node:net'

/** Above the ports that browsers refuse, below those that operating systems give to outgoing connections and to whoever asks for any. */
const FIRST = 11_000
/** Each of Jest's workers has its own, so that none takes what another has just found free. */
const OF_A_WORKER = 5_000
const WORKERS = 4

const first = FIRST + ((Number(process.env.JEST_WORKER_ID ?? 1) - 1) % WORKERS) * OF_A_WORKER
let tried = Math.floor(Math.random() * OF_A_WORKER)

/** A port of this machine that nobody listens on, and that nobody else is given before the caller listens on it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + (tried++ % OF_A_WORKER)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
