import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names the folder of this run's PostgreSQL; the first test that wants a database makes it and starts the server. */
export default function globalSetup() {
  process.env.TWIN_LEDGER_TEST_CLUSTER = join(tmpdir(), `twin-ledger-tests-${randomUUID()}`)
  process.env.TWIN_LEDGER_TEST_RUN_PID = String(process.pid)
}
