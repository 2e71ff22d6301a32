import { Unprocessable } from '../../platform/errors.js'
import type { Issue } from './issue.js'

/** A transaction is taken whole or not at all; `issues` say which entries stand in the way, with their place in the bundle. */
export class BundleRefused extends Unprocessable {
  constructor(readonly issues: readonly Issue[]) {
    super('fhir-transaction-refused', 'At least one entry is refused, so nothing of the transaction was recorded.', {
      issues: issues.length,
    })
  }
}
