import type pg from 'pg'

/** Every row of every table of this database, as text; bytes as the characters they may stand for, and on a line of their own in hexadecimal after `\x`. */
export async function everythingStored(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `select format('%I.%I', table_schema, table_name) as table, column_name as column, udt_name as type
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const stored = new Map<string, string>()
  for (const { table, column, type } of columns) {
    const shown =
      type === 'bytea'
        ? `encode("${column}", 'escape') || E'\n\\\\x' || encode("${column}", 'hex')`
        : `"${column}"::text`
    const { rows } = await pool.query<{ text: string | null }>(`select ${shown} as text from ${table}`)
    stored.set(`${table}.${column}`, rows.map(({ text }) => text ?? '').join('\n'))
  }
  return stored
}
