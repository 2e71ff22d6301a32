import type { Pool } from 'pg'
import type { TraceHolder } from '../../journal/subject-traces.js'

/** The digests by which a person would be recognised when they come back; they go with the identity. */
export function identifierIndexTraces(pool: Pool): TraceHolder {
  return {
    name: 'identifier-index',
    tables: ['vault.identifier'],
    async purge(subject, classes) {
      if (!classes.includes('identity')) return 0
      const { rowCount } = await pool.query('delete from vault.identifier where subject = $1', [subject])
      return rowCount ?? 0
    },
  }
}
