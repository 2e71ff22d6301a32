/** What was signed, and who must have. */
export interface ApprovedRecord {
  stream: string
  revision: number
  /** Actor id of the approver. */
  signer: string
}

/** How the registry asks for the electronic signature of an approval; the rooms above keep signatures. */
export interface ApprovalSignatures {
  /**
   * The id of the newest signature by which this person approves this record and that holds.
   *
   * @throws Conflict `signature-missing`
   */
  require(record: ApprovedRecord): Promise<string>
}

/** Injection token. */
export const APPROVAL_SIGNATURES = Symbol('twin-ledger:approval-signatures')
