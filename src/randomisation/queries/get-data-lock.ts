import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Lock, Unlocking } from '../data-lock.js'
import { RandomisationReader } from '../randomisation-reader.js'

export interface DataLockView {
  trial: string
  /** Entries from this position on do not belong to the data; null while they grow. */
  lockedBelow: number | null
  /** Oldest first. */
  locks: readonly Lock[]
  unlockings: Unlocking[]
}

/** The locks of a trial's data, and who moved them and why. */
export class GetDataLock extends Query<DataLockView> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(GetDataLock)
export class GetDataLockHandler implements IQueryHandler<GetDataLock> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial }: GetDataLock): Promise<DataLockView> {
    const { lockedBelow, locks, unlockings } = (await this.reader.read(trial)).state
    return { trial, lockedBelow, locks, unlockings: [...unlockings.values()] }
  }
}
