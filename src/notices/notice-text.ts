/** What the text of a notice may be: plain text, in paragraphs, short enough to be read. */
import { createHash } from 'node:crypto'

export const MAX_TEXT_CHARACTERS = 60_000
export const MAX_TITLE_CHARACTERS = 200

/**
 * No control characters but line feeds, no half characters, and none that turn the direction of what follows, so that readers see what
 * the digest is of. Not blank.
 */
export const NOTICE_TEXT = /^(?=[^]*\S)(?:\n|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u
export const NOTICE_TITLE = /^(?=.*\S)[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u

/** Ids and versions stand in paths and in clear text in the log. */
export const NOTICE_CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
/** BCP 47, as far as languages of notices go: `de`, `pt-BR`, `zh-Hans-CN`. */
export const NOTICE_LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/

/** SHA-256 of the text's UTF-8 bytes, hex. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
