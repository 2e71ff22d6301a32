import { createTestDatabase } from '../../support/test-database.js'
import { openTestStore } from '../../support/test-store.js'
import { describeEventStore } from '../event-store.contract.js'

describeEventStore('PostgreSQL', async () => {
  const db = await createTestDatabase()
  const store = await openTestStore(db)
  return {
    store,
    close: async () => {
      await store.close()
      await db.drop()
    },
  }
})
