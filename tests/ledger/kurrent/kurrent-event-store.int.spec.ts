import { createTestDatabase } from '../../support/test-database.js'
import { describeEventStore } from '../event-store.contract.js'
import { newSigner, openCluster, openKurrentStore } from './support/cluster.js'

// proves TL-LED-008
describeEventStore('KurrentDB', async () => {
  const [db, cluster] = await Promise.all([createTestDatabase(), openCluster()])
  const store = await openKurrentStore(db, cluster.url, { signer: newSigner() })
  return {
    store,
    close: async () => {
      await store.close()
      cluster.close()
      await db.drop()
    },
  }
})
