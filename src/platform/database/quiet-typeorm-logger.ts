import type { Logger } from 'typeorm'

/** Keeps TypeORM off the console: it would print statements, and its failures are thrown as well. */
export const quietTypeOrmLogger: Logger = {
  logQuery() {},
  logQueryError() {},
  logQuerySlow() {},
  logSchemaBuild() {},
  logMigration() {},
  log() {},
}
