import { usePlace } from '../routing/location.js'
import type { Listed } from './http.js'
import { useResource, type Resource } from './use-resource.js'

/** Reads the page of a list that the address names, and reads it anew when `key` or the address changes. */
export function useList<Row>(
  key: string,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Listed<Row>>,
): { resource: Resource<Listed<Row>>; reload: () => void } {
  const cursor = usePlace().query.get('cursor') ?? undefined
  return useResource(`${key} ${cursor}`, (signal) => load(cursor, signal))
}
