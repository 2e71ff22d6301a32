/** Worker thread of `model-runner.ts`: runs one model a message. */
import { parentPort } from 'node:worker_threads'
import { evaluateRequest } from './evaluate-request.js'
import { type ModelRequest, READY } from './model-request.js'

parentPort!.on('message', (request: ModelRequest) => parentPort!.postMessage(JSON.stringify(evaluateRequest(request))))
parentPort!.postMessage(READY)
