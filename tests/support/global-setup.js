import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names the folder of this run's PostgreSQL; the first test that wants a database starts it. */
export default function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'twin-ledger-tests-'))
  chmodSync(folder, 0o711)
  process.env.TWIN_LEDGER_TEST_CLUSTER = folder
  process.env.TWIN_LEDGER_TEST_RUN_PID = String(process.pid)
}
