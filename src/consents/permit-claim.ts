/** What a use can rest on instead of the person's consent: a data permit (EHDS, Regulation (EU) 2025/327, Art 68). */
import type { QueryBus } from '@nestjs/cqrs'
import { FindPermit, type KnownPermit } from '../permits/queries/find-permit.js'

/** Under which permit somebody asks for a use. */
export interface PermitClaim {
  permit: string
  /** Organisation of whoever asks. */
  user: string | undefined
  /** Controllers of the twins concerned. */
  holders: readonly string[]
}

/** With the permit as the log has it at the moment. */
export type KnownClaim = PermitClaim & { known: KnownPermit }

export async function knownClaim(queries: QueryBus, claim: PermitClaim): Promise<KnownClaim> {
  return { ...claim, known: await queries.execute(new FindPermit(claim.permit)) }
}
