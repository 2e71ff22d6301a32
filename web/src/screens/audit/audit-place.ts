/** The search of the audit trail as it stands in the address. */
import { AUDIT_FILTERS, type AuditFilter } from '../../api/audit.js'
import type { Place } from '../../routing/location.js'

export function filterIn({ query }: Place): AuditFilter {
  return Object.fromEntries(AUDIT_FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)!]))
}

export interface Order {
  by: string
  direction: 'asc' | 'desc'
}

export function orderIn({ query }: Place): Order {
  return { by: query.get('order') ?? 'position', direction: query.get('direction') === 'asc' ? 'asc' : 'desc' }
}
