import { pageCursor, positionOfCursor } from './page-cursor.js'

/** A page of records, and where the next one starts; undefined on the last. */
export interface RecordPage<Kept> {
  page: Kept[]
  next: string | undefined
}

/**
 * Records folded from a stream that are wanted, the newest first, a page at a time. A stream forgets none of them, so that their order
 * of arrival is a cursor that holds.
 *
 * @param limit 1 to 500
 * @throws InvalidRequest `cursor-invalid`
 */
export function newestFirst<Kept>(
  records: ReadonlyMap<string, Kept>,
  wanted: (record: Kept) => boolean,
  limit: number,
  cursor?: string,
): RecordPage<Kept> {
  const all = [...records.values()]
  const before = cursor === undefined ? all.length : Math.min(positionOfCursor(cursor), all.length)
  const page: Kept[] = []
  let last = before
  for (let place = before - 1; place >= 0; place--) {
    if (!wanted(all[place]!)) continue
    if (page.length === limit) return { page, next: pageCursor(last) }
    page.push(all[place]!)
    last = place
  }
  return { page, next: undefined }
}
