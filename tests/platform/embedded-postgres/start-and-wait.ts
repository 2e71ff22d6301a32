/** A process that starts the embedded PostgreSQL of the folder given, says where it is, and waits to be ended. */
import { startEmbeddedPostgres } from '../../../src/platform/embedded-postgres/supervisor.js'

const embedded = await startEmbeddedPostgres({ dataDirectory: process.argv[2]!, size: 'small' })
process.stdout.write(`${JSON.stringify({ pid: embedded.pid, url: embedded.connectionUrl('service') })}\n`)
process.stdin.once('data', () => void embedded.stop().then(() => process.exit(0)))
