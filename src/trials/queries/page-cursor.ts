import { InvalidRequest } from '../../platform/errors.js'

/** Where a page ended, as an opaque text. */
export function pageCursor(position: number): string {
  return Buffer.from(`p${position}`).toString('base64url')
}

/** @throws InvalidRequest `cursor-invalid` */
export function positionOfCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!/^p\d{1,15}$/.test(text)) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of this list.')
  return Number(text.slice(1))
}
