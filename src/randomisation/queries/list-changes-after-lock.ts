import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Journal } from '../../journal/journal.js'
import { ListEntries, type RecordEntry } from '../../twins/queries/list-entries.js'
import { ListEnrolments, type EnrolmentFilter } from '../../trials/queries/list-enrolments.js'
import { SubjectOfEnrolment } from '../../trials/queries/subject-of-enrolment.js'
import { RandomisationReader } from '../randomisation-reader.js'

/** What was recorded about a participant after the data of the trial were locked for the first time. No value is in it. */
export interface ChangeAfterLock {
  position: number
  recordedAt: string
  type: string
  /** In words. */
  sentence: string
  /** Code, where one was given. */
  reason?: string
  /** Whether it corrects what the first lock holds; null when that was erased. */
  corrects: boolean | null
  /** Whether the last lock holds it: true for what came in by unlocking. */
  inData: boolean
}

export interface ParticipantAfterLock {
  code: string
  /** Entries of the participant's record that the last lock holds. */
  entries: number
  changes: ChangeAfterLock[]
}

export interface ChangesPage {
  participants: ParticipantAfterLock[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Participant by participant, in the order of enrolment: how much the data set holds, and what was recorded after its lock. */
export class ListChangesAfterLock extends Query<ChangesPage> {
  constructor(
    readonly trial: string,
    readonly filter: EnrolmentFilter = {},
    /** 1 to 100. */
    readonly limit = 20,
    readonly cursor?: string,
  ) {
    super()
  }
}

/** Positions of the first lock and of the last. */
interface Locked {
  first: number
  last: number
}

@QueryHandler(ListChangesAfterLock)
export class ListChangesAfterLockHandler implements IQueryHandler<ListChangesAfterLock> {
  constructor(
    private readonly reader: RandomisationReader,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** Empty while the data were never locked. @throws InvalidRequest `cursor-invalid` */
  async execute({ trial, filter, limit, cursor }: ListChangesAfterLock): Promise<ChangesPage> {
    const { locks } = (await this.reader.read(trial)).state
    const [first, last] = [locks[0], locks.at(-1)]
    if (!first || !last) return { participants: [] }
    const { enrolments, next } = await this.queries.execute(new ListEnrolments(trial, filter, limit, cursor))
    const participants: ParticipantAfterLock[] = []
    for (const { code } of enrolments) {
      const subject = await this.queries.execute(new SubjectOfEnrolment(trial, code))
      const entries = await this.queries.execute(new ListEntries(subject!))
      participants.push({ code, ...this.compared(entries, { first: first.below, last: last.below }) })
    }
    return { participants, ...(next !== undefined && { next }) }
  }

  private compared(entries: readonly RecordEntry[], { first, last }: Locked): Omit<ParticipantAfterLock, 'code'> {
    const after = entries.filter(({ position }) => position >= first)
    const changes = after.map(({ header, position, corrects }): ChangeAfterLock => ({
      position,
      recordedAt: header.recordedAt,
      type: header.type,
      // Without its payload, so that the sentence names no value.
      sentence: this.journal.catalogue.describe(header, null),
      ...(header.reason !== undefined && { reason: header.reason }),
      corrects: corrects === null ? null : corrects !== undefined && corrects < first,
      inData: position < last,
    }))
    return { entries: entries.filter(({ position }) => position < last).length, changes }
  }
}
