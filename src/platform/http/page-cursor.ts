/**
 * Where a page of a list ended: a place in an order that only grows, or the random id of the last record. What is written here stays
 * inside: it leaves the service sealed (pseudonyms/sealed-cursors).
 */
import { InvalidRequest } from '../errors.js'

export function pageCursor(position: number): string {
  return encoded(`p${position}`)
}

/** @throws InvalidRequest `cursor-invalid` */
export function positionOfCursor(cursor: string): number {
  const text = decoded(cursor)
  if (!/^p\d{1,15}$/.test(text)) throw invalid()
  return Number(text.slice(1))
}

/** For lists whose order is not one number: the record's id stands for its place. */
export function recordCursor(id: string): string {
  return encoded(`r${id}`)
}

/**
 * The record that a page ended with.
 *
 * @param find by a UUID; null where there is none
 * @throws InvalidRequest `cursor-invalid`
 */
export async function recordOfCursor<Row>(cursor: string, find: (id: string) => Promise<Row | null>): Promise<Row> {
  const text = decoded(cursor)
  const found = RECORD.test(text) ? await find(text.slice(1)) : null
  if (found === null) throw invalid()
  return found
}

const RECORD = /^r[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const encoded = (text: string): string => Buffer.from(text).toString('base64url')
const decoded = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('latin1')
const invalid = (): InvalidRequest => new InvalidRequest('cursor-invalid', 'The cursor is not one of this list.')
