import { stopCluster } from './stop-cluster.js'

export default async function globalTeardown() {
  await stopCluster(process.env.TWIN_LEDGER_TEST_CLUSTER)
}
