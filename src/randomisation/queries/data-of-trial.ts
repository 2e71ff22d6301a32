import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Conflict } from '../../platform/errors.js'
import { RandomisationReader } from '../randomisation-reader.js'

/** Which part of a twin's record a use in a trial may take: all of it while the data of the trial grow. */
export interface TrialData {
  /** The data are locked: entries of the log before this position. */
  below?: number
}

/** What is asked before a record is read for a trial; outside of any, everything is open. */
export class DataOfTrial extends Query<TrialData> {
  constructor(readonly trial: string | undefined) {
    super()
  }
}

@QueryHandler(DataOfTrial)
export class DataOfTrialHandler implements IQueryHandler<DataOfTrial> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial }: DataOfTrial): Promise<TrialData> {
    if (trial === undefined) return {}
    const { lockedBelow } = (await this.reader.read(trial)).state
    return lockedBelow === null ? {} : { below: lockedBelow }
  }
}

/**
 * @param asked the revision of the twin that somebody wants; undefined for whatever the trial has
 * @param held the last one that the trial's data hold
 * @throws Conflict `after-data-lock`: the lock leaves out the revision that was asked for
 */
export function mustHold({ below }: TrialData, asked: number | undefined, held: number): void {
  if (below !== undefined && asked !== undefined && asked > held)
    throw new Conflict('after-data-lock', 'This revision was recorded after the data of the trial were locked.', {
      lockedRevision: held,
    })
}
