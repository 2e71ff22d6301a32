/** Worker thread of `worker-hasher.ts`: hashes one bundle a message. */
import { parentPort } from 'node:worker_threads'
import { IntegrityError } from '../../platform/errors.js'
import { hashBundle } from './bundle-hasher.js'
import type { HashReply, HashRequest } from './worker-hasher.js'

function reply({ id, bundle, width }: HashRequest): HashReply {
  try {
    return { id, ...hashBundle(Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength), width) }
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    return { id, code: error.code, message: error.message, details: error.details }
  }
}

parentPort!.on('message', (request: HashRequest) => parentPort!.postMessage(reply(request)))
