/** Worker thread of `shape-thread.ts`: one shape after the other. */
import { parentPort } from 'node:worker_threads'
import { READY } from '../../platform/threads/thread-pool.js'
import { composeBody, composeLeftVentricle, type ComposedBody } from '../compose/compose-body.js'
import { inspectMesh } from '../mesh/inspect-mesh.js'
import type { ComposeRequest, ShapeReply, ShapeRequest } from './shape-request.js'

parentPort!.on('message', (requests: readonly ShapeRequest[]) => {
  void answerAll(requests)
})
parentPort!.postMessage(READY)

async function answerAll(requests: readonly ShapeRequest[]): Promise<void> {
  for (const request of requests) parentPort!.postMessage([await answer(request)])
}

async function answer(request: ShapeRequest): Promise<ShapeReply> {
  try {
    if (request.do === 'inspect-mesh') return { status: 'told', json: JSON.stringify(inspectMesh(request.file)) }
    const body = await compose(request)
    return 'glb' in body ? { status: 'built', glb: body.glb } : { status: 'told', json: JSON.stringify(body) }
  } catch {
    // What was thrown may quote a value; a code does not.
    return { status: 'failed', code: 'shape-threw' }
  }
}

function compose(request: ComposeRequest): Promise<ComposedBody> {
  return request.do === 'compose-left-ventricle'
    ? composeLeftVentricle(request.of, request.selected)
    : composeBody(request.of, request.forOrgans, request.forVentricle)
}
