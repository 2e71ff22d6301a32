/** Runs models on worker threads. */
import { ThreadPool, type ThreadPoolOptions } from '../../platform/threads/thread-pool.js'
import type { ModelReply, ModelRequest } from './model-request.js'

export type ModelRunnerOptions = Partial<ThreadPoolOptions>

export class ModelRunner extends ThreadPool<ModelRequest, ModelReply> {
  constructor(options: ModelRunnerOptions = {}) {
    super({ script: new URL('./model.worker.js', import.meta.url), ...options })
  }
}
