import { hash, timingSafeEqual } from 'node:crypto'

/** Whether two secrets or digests are the same, in a time that says nothing about where they differ. */
export function equalInConstantTime(one: Buffer | string, other: Buffer | string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

/** Equal lengths for the comparison, whatever is compared. */
const digest = (value: Buffer | string): Buffer => hash('sha256', value, 'buffer')
