/** What an import needs of whoever takes bundles. */
import type { Bundle } from 'fhir/r4.js'

/** The service answered each entry, or refused the bundle as a whole; `code` is its stable error code. */
export type SendAnswer = { response: Bundle } | { refused: { status: number; code: string; message: string } }

/**
 * Sends the bytes of one bundle.
 *
 * @throws Unavailable when trying again later may help
 * @throws TwinLedgerError when going on with other bundles is no use either, such as a token that is not accepted
 */
export type SendBundle = (body: Buffer, signal?: AbortSignal) => Promise<SendAnswer>
