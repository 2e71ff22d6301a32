/** Stands for models of which one, called `endless`, never comes to an end. */
import { parentPort } from 'node:worker_threads'

parentPort.on('message', (requests) => {
  while (requests.some(({ model }) => model === 'endless'));
  parentPort.postMessage(JSON.stringify(requests.map(({ model }) => ({ status: 'completed', outputs: { model } }))))
})
parentPort.postMessage('ready')
