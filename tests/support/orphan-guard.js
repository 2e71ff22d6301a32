/** Waits for a test run to end; if it was killed before it could clean up, stops its PostgreSQL and removes its folder. */
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { signal, stopCluster } from './stop-cluster.js'

const [folder, run] = process.argv.slice(2)
while (existsSync(folder) && signal(Number(run), 0)) await delay(500)
await stopCluster(folder)
