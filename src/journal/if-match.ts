import { InvalidRequest } from '../platform/errors.js'

/** An ETag of ours is the revision in quotes. */
const ETAG = /^"(\d{1,9})"$/

/** The revision an `If-Match` header names; undefined without one. @throws InvalidRequest `if-match-invalid` */
export function revisionOfIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const revision = ETAG.exec(header)?.[1]
  if (revision === undefined)
    throw new InvalidRequest('if-match-invalid', 'If-Match is a revision in quotes, as in ETag.')
  return Number(revision)
}

export const etagOf = (revision: number): string => `"${revision}"`
