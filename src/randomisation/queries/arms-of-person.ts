import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Role } from '../../identity/roles.js'
import type { CommandContext } from '../../journal/command-context.js'
import { TrialsOf } from '../../trials/queries/trials-of.js'
import { isArmOpen } from '../blinding.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { participantsOf } from '../randomisation-state.js'
import { ReadArms } from './read-arms.js'

/** What a person is told about the arm they are in: the arm, or that it is withheld and why. */
export interface ArmOfPerson {
  trial: string
  arm: string | null
  withheld?: string
}

const WITHHELD =
  'The trial is blinded: the arm is withheld until it is unblinded, because knowing it would impair the research ' +
  '(Art 15(4), Art 23 and Art 89(2)).'

/** Every randomised trial of a person, for a copy of their data: as far as both the person and who takes the copy may know. */
export class ArmsOfPerson extends Query<ArmOfPerson[]> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
  ) {
    super()
  }
}

@QueryHandler(ArmsOfPerson)
export class ArmsOfPersonHandler implements IQueryHandler<ArmsOfPerson> {
  constructor(
    private readonly reader: RandomisationReader,
    private readonly queries: QueryBus,
  ) {}

  async execute({ context, subject }: ArmsOfPerson): Promise<ArmOfPerson[]> {
    const told: ArmOfPerson[] = []
    for (const { trial, code } of await this.queries.execute(new TrialsOf(subject))) {
      const { state } = await this.reader.read(trial)
      if (!participantsOf(state).byCode.has(code)) continue
      const reader = { id: context.actor.id, role: context.actor.role as Role }
      const open = isArmOpen(state, { id: subject, role: 'participant' }, subject) && isArmOpen(state, reader, subject)
      if (!open) told.push({ trial, arm: null, withheld: WITHHELD })
      else
        for (const { arm } of await this.queries.execute(new ReadArms(context, trial, [code])))
          told.push({ trial, arm })
    }
    return told
  }
}
