import { DataSource, type DataSourceOptions } from 'typeorm'
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js'
import { quietTypeOrmLogger } from './quiet-typeorm-logger.js'

/** What a room adds to the shared settings. */
export type DataSourceExtras = Pick<DataSourceOptions, 'entities' | 'migrations'> &
  Pick<PostgresDataSourceOptions, 'poolSize' | 'applicationName' | 'schema'>

/**
 * The settings every TypeORM connection of the service shares. The schema is never derived from entities: reviewed
 * migrations alone change it.
 * @param url `postgres://…`
 */
export function dataSourceOptions(url: string, extras: DataSourceExtras = {}): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'twin-ledger',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logger: quietTypeOrmLogger,
    poolSize: 10,
    ...extras,
  }
}

/** A DataSource that is not connected yet; the caller initialises and destroys it. */
export function createDataSource(url: string, extras?: DataSourceExtras): DataSource {
  return new DataSource(dataSourceOptions(url, extras))
}
