import type { INestApplicationContext } from '@nestjs/common'
import { ShapeThread } from '../../src/body/thread/shape-thread.js'
import type { ThreadPoolOptions } from '../../src/platform/threads/thread-pool.js'

const execArgv = ['--import', new URL('./register-typescript.js', import.meta.url).href]

/** Shapes on a thread that reads the TypeScript sources: what the service runs compiled. */
export const shapesFromSources: ThreadPoolOptions = {
  script: new URL('../../src/body/thread/shape.worker.ts', import.meta.url),
  execArgv,
}

/** Makes a service that runs from its sources build its shapes from them too. */
export function buildShapesFromSources(app: INestApplicationContext): void {
  const shapes = app.get(ShapeThread, { strict: false }) as unknown as { pool: { options: ThreadPoolOptions } }
  Object.assign(shapes.pool.options, shapesFromSources)
}
