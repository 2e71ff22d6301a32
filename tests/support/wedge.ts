import pg from 'pg'
import type { TestDatabase } from './test-database.js'
import { until } from './until.js'

/** Advisory lock that the test holds for as long as something must not go on. */
const WEDGE = 4_711

/** Keeps a service from recording events of one type, so that a test can kill it just there. */
export class Wedge {
  private constructor(private readonly admin: pg.Client) {}

  static async in(db: TestDatabase): Promise<Wedge> {
    const admin = new pg.Client({ connectionString: db.adminUrl })
    await admin.connect()
    await admin.query(`create function public.wedge() returns trigger language plpgsql as $$ begin return new; end $$`)
    await admin.query(
      'create trigger wedge before insert on ledger.event_0 for each row execute function public.wedge()',
    )
    return new Wedge(admin)
  }

  /** From now on an event of this type waits before it is written, and every later one behind it. */
  async before(type: string): Promise<void> {
    await this.admin.query(`select pg_advisory_lock(${WEDGE})`)
    await this.admin.query(
      `create or replace function public.wedge() returns trigger language plpgsql as $$ begin
         if convert_from(new.leaf, 'UTF8')::jsonb->>'type' = '${type}' then perform pg_advisory_xact_lock(${WEDGE}); end if;
         return new;
       end $$`,
    )
  }

  /** The same for whatever is written to another table. */
  async beforeRowsOf(table: string): Promise<void> {
    await this.admin.query(`select pg_advisory_lock(${WEDGE})`)
    await this.admin.query(
      `create or replace function public.wedge_rows() returns trigger language plpgsql as $$ begin
         perform pg_advisory_xact_lock(${WEDGE});
         return new;
       end $$`,
    )
    await this.admin.query(
      `create trigger wedge_rows before insert on ${table} for each row execute function public.wedge_rows()`,
    )
  }

  /** Resolves once somebody waits. */
  async holds(what: string): Promise<void> {
    await until(`${what} waits`, async () => (await this.waiting()).length > 0)
  }

  /** Ends whoever waits, with what they had sent to the database: their process is gone. */
  async endWaiting(): Promise<void> {
    await until('nobody waits', async () => {
      const waiting = await this.waiting()
      for (const pid of waiting) await this.admin.query('select pg_terminate_backend($1, 60000)', [pid])
      return waiting.length === 0
    })
  }

  async release(table?: string): Promise<void> {
    if (table !== undefined) await this.admin.query(`drop trigger wedge_rows on ${table}`)
    await this.admin.query(
      'create or replace function public.wedge() returns trigger language plpgsql as $$ begin return new; end $$',
    )
    await this.admin.query(`select pg_advisory_unlock(${WEDGE})`)
  }

  close(): Promise<void> {
    return this.admin.end()
  }

  private async waiting(): Promise<number[]> {
    const { rows } = await this.admin.query<{ pid: number }>(
      `select pid from pg_locks
        where not granted and database = (select oid from pg_database where datname = current_database())
          and locktype = 'advisory' and objid = ${WEDGE}`,
    )
    return rows.map(({ pid }) => pid)
  }
}
