/** Stands for a model that never comes to an end. */
import { parentPort } from 'node:worker_threads'

parentPort.on('message', () => {
  for (;;);
})
parentPort.postMessage('ready')
