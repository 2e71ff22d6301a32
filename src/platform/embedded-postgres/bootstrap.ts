import pg from 'pg'
import { SERVICE_ROLE } from '../database/roles.js'
import type { ClusterCredentials } from './credentials.js'

export const DATABASE = 'twin_ledger'
export const OWNER_ROLE = 'twin_ledger_owner'

/**
 * Creates what a new cluster lacks: the owner (runs migrations, owns tables), the service (what the service connects
 * as; every right it has is granted by a migration) and the database. Safe to repeat after any interruption.
 * @param admin a connected superuser
 */
export async function bootstrapDatabase(admin: pg.Client, credentials: ClusterCredentials): Promise<void> {
  await ensureLogin(admin, OWNER_ROLE, credentials.owner)
  await ensureLogin(admin, SERVICE_ROLE, credentials.service)
  await admin.query(`grant ${SERVICE_ROLE} to ${OWNER_ROLE}`)
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await admin.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
  await admin.query(`revoke all on database ${DATABASE} from public`)
  await admin.query(`grant connect on database ${DATABASE} to ${SERVICE_ROLE}`)
}

async function ensureLogin(admin: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
  if (rowCount === 0) await admin.query(`create role ${role} login password ${admin.escapeLiteral(password)}`)
}
