import type { Response } from 'express'
import { etagOf } from '../../journal/if-match.js'
import { LEDGER_POSITION } from '../../journal/ledger-position.interceptor.js'
import type { ModelVersionReceipt } from './model-versions.js'

/** Answers a change: a read that waits for the position named here sees it. */
export function answered(response: Response, receipt: ModelVersionReceipt): ModelVersionReceipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
