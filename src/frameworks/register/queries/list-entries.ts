import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { legalEntryView, shownText, type LegalEntryView } from '../legal-entry-view.js'
import { RegisterReader } from '../register-reader.js'
import type { Topic } from '../topics.js'
import type { LegalConfidence, LegalKind, LegalStatus, Standing } from '../vocabulary.js'

export interface LegalEntryFilter {
  jurisdiction?: string
  kind?: LegalKind
  status?: LegalStatus
  confidence?: LegalConfidence
  touches?: Topic
  /** Id of a requirement: entries that it answers. */
  requirement?: string
  standing?: Standing
  /** Whether something proposed waits to be decided on. */
  waiting?: boolean
}

/** The register by id, as it stands or as of a time (RFC 3339). It has some dozens of entries: one answer holds them. */
export class ListEntries extends Query<LegalEntryView[]> {
  constructor(
    readonly filter: LegalEntryFilter = {},
    readonly asOf?: string,
  ) {
    super()
  }
}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(private readonly register: RegisterReader) {}

  async execute({ filter, asOf }: ListEntries): Promise<LegalEntryView[]> {
    const entries = await this.register.entries(asOf)
    return entries
      .map(({ state, revision }) => legalEntryView(state, revision))
      .filter((view) => matches(view, filter))
      .sort((one, other) => (one.id < other.id ? -1 : 1))
  }
}

function matches(
  view: LegalEntryView,
  { touches, requirement, standing, waiting, ...same }: LegalEntryFilter,
): boolean {
  const text = shownText(view)
  return (
    (touches === undefined || text.touches.includes(touches)) &&
    (requirement === undefined || view.requirements.some(({ id }) => id === requirement)) &&
    (standing === undefined || view.standing === standing) &&
    (waiting === undefined || (view.proposal !== null) === waiting) &&
    Object.entries(same).every(([field, value]) => value === undefined || text[field as keyof typeof same] === value)
  )
}
