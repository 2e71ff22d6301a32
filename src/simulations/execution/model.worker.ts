/** Worker thread of `model-runner.ts`: runs the models of a message one after the other. */
import { parentPort } from 'node:worker_threads'
import { READY } from '../../platform/threads/thread-pool.js'
import { evaluateRequest } from './evaluate-request.js'
import type { ModelReply, ModelRequest } from './model-request.js'

/** Replies are held back so long at the most: the time limit of a run counts from the last message. */
const HOLD_MS = 20

parentPort!.on('message', (requests: readonly ModelRequest[]) => {
  let replies: ModelReply[] = []
  let since = performance.now()
  const say = (): void => {
    parentPort!.postMessage(JSON.stringify(replies))
    replies = []
    since = performance.now()
  }
  for (const request of requests) {
    replies.push(evaluateRequest(request))
    if (performance.now() - since > HOLD_MS) say()
  }
  if (replies.length > 0) say()
})
parentPort!.postMessage(READY)
