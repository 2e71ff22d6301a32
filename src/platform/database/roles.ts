import type pg from 'pg'
import { ConfigurationError } from '../errors.js'

/** The least-privileged role the service works as. Each migration grants it what its tables need, and nothing else does. */
export const SERVICE_ROLE = 'twin_ledger_service'

const DUPLICATE_OBJECT = '42710'
const UNIQUE_VIOLATION = '23505'
const INSUFFICIENT_PRIVILEGE = '42501'

/** What to do when the connected role may not manage roles itself. */
export const ASK_ADMINISTRATOR = `The database role may neither create nor become ${SERVICE_ROLE}. Let an administrator run: create role ${SERVICE_ROLE} nologin; grant ${SERVICE_ROLE} to <the role in DATABASE_URL>;`

/**
 * Creates the service role when it is missing and makes the connected role a member of it: the owner hands read models
 * over to the service, and where it is also the login of the service, its sessions become the service.
 * @param owner a connection of the role that runs the migrations
 * @throws ConfigurationError with the statement a database administrator has to run, when `owner` may not do so
 */
export async function ensureServiceRole(owner: pg.ClientBase): Promise<void> {
  try {
    if (!(await roleExists(owner))) await createRole(owner)
    if (!(await isMember(owner))) await owner.query(`grant ${SERVICE_ROLE} to current_user`)
  } catch (error) {
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) throw new ConfigurationError(ASK_ADMINISTRATOR)
    throw error
  }
}

async function roleExists(client: pg.ClientBase): Promise<boolean> {
  return (await client.query('select from pg_roles where rolname = $1', [SERVICE_ROLE])).rowCount === 1
}

async function createRole(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`create role ${SERVICE_ROLE} nologin`)
  } catch (error) {
    // Another instance, perhaps in another database of the cluster, was quicker.
    const { code } = error as { code?: string }
    if (code !== DUPLICATE_OBJECT && code !== UNIQUE_VIOLATION) throw error
  }
}

async function isMember(client: pg.ClientBase): Promise<boolean> {
  const sql = `select pg_has_role(current_user, $1, 'member') as member`
  return (await client.query<{ member: boolean }>(sql, [SERVICE_ROLE])).rows[0]!.member
}

/**
 * The URL the running service connects with: as given when its login is the service role, else with the start-up
 * parameter `role`, so that every session begins with the least privilege.
 */
export function serviceUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  return decodeURIComponent(url.username) === SERVICE_ROLE ? databaseUrl : withRole(databaseUrl, SERVICE_ROLE)
}

/** Adds the start-up parameter `role` to a connection URL, keeping options that are already there. */
export function withRole(databaseUrl: string, role: string): string {
  const url = new URL(databaseUrl)
  const options = [url.searchParams.get('options'), `-c role=${role}`].filter(Boolean).join(' ')
  url.searchParams.set('options', options)
  return url.toString().replaceAll('+', '%20')
}
