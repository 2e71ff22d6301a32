/** Builds bodies and checks meshes apart from the thread that answers requests: each takes up to seconds of nothing but computing. */
import { Unavailable } from '../../platform/errors.js'
import { ThreadPool, type ThreadPoolOptions } from '../../platform/threads/thread-pool.js'
import type { ComposedBody } from '../compose/compose-body.js'
import type { Inspection } from '../mesh/inspect-mesh.js'
import type { ComposeRequest, ShapeReply, ShapeRequest } from './shape-request.js'

/** One thread, which starts with the first shape that is asked for. */
export class ShapeThread {
  private readonly pool: ThreadPool<ShapeRequest, ShapeReply>

  constructor(options: Partial<ThreadPoolOptions> = {}) {
    this.pool = new ThreadPool({ script: new URL('./shape.worker.js', import.meta.url), threads: 1, ...options })
  }

  /** @throws Unavailable `shape-unfinished` */
  async compose(request: ComposeRequest): Promise<ComposedBody> {
    const reply = await this.pool.run(request)
    if (reply.status === 'built') return { glb: reply.glb }
    if (reply.status === 'told') return JSON.parse(reply.json) as ComposedBody
    throw unfinished(reply)
  }

  /** @throws Unavailable `shape-unfinished` */
  async inspect(file: Uint8Array): Promise<Inspection> {
    const reply = await this.pool.run({ do: 'inspect-mesh', file })
    if (reply.status === 'told') return JSON.parse(reply.json) as Inspection
    throw unfinished(reply)
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}

function unfinished(reply: object): Unavailable {
  const reason = 'code' in reply ? reply.code : 'unknown'
  return new Unavailable('shape-unfinished', 'The shape could not be computed to its end; nothing was recorded.', {
    reason,
  })
}
