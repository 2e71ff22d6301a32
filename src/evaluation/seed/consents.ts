import type { CommandBus } from '@nestjs/cqrs'
import { GiveConsent } from '../../consents/commands/give-consent.js'
import { RefuseConsent } from '../../consents/commands/refuse-consent.js'
import { RequestConsent } from '../../consents/commands/request-consent.js'
import { WithdrawConsent } from '../../consents/commands/withdraw-consent.js'
import { DEMO_CLINIC } from '../../identity/evaluation-issuer/accounts.js'
import type { DemoActors } from './demo-actors.js'
import { RESEARCH_NOTICE, TRIAL_NOTICE } from './notices.js'
import type { SeededTwin } from './patients.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Research with any model, for general research use, by the clinic. */
const RESEARCH = {
  purposes: ['HRESCH'],
  duo: ['DUO:0000042'],
  modelClasses: 'any',
  dataCategories: 'any',
  controller: DEMO_CLINIC,
} as const

/** The same with cardiovascular and ageing models alone. */
const LIMITED_RESEARCH = { ...RESEARCH, modelClasses: ['cvd', 'ageing'] } as const

/** What the person of place n in each ten decides; most say yes, as in practice. */
const DECISIONS = [
  'given',
  'given',
  'given',
  'given',
  'given',
  'given-limited',
  'undecided',
  'refused',
  'given',
  'withdrawn',
] as const

/** Of each four people one reads German. */
const languageOf = (place: number) => (place % 4 === 3 ? 'de' : 'en')

/** Asks everybody for consent to research and records what they decide. */
export async function seedConsents(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<void> {
  for (const [place, { subject }] of twins.entries())
    await progress.once(`consent ${subject}`, () => decide(subject, place))

  async function decide(subject: string, place: number): Promise<void> {
    const decision = DECISIONS[place % DECISIONS.length]
    const notice = { ...RESEARCH_NOTICE, language: languageOf(place) }
    const scope = decision === 'given-limited' ? LIMITED_RESEARCH : RESEARCH
    const asked = new RequestConsent(actors.as('investigator'), { subject, scope, notice })
    const { consent } = await commands.execute(asked)
    const expression = { subject, consent, method: 'electronic', by: 'subject' } as const
    if (decision === 'undecided') return
    if (decision === 'refused') {
      await commands.execute(new RefuseConsent(actors.as('investigator'), expression))
      return
    }
    await commands.execute(new GiveConsent(actors.as('investigator'), expression))
    if (decision === 'withdrawn')
      await commands.execute(
        new WithdrawConsent(actors.as('investigator'), { ...expression, reason: 'subject-choice' }),
      )
  }
}

/** Consent to take part in one trial and to have its data used there. */
export async function consentToTrial(
  commands: CommandBus,
  actors: DemoActors,
  subject: string,
  trial: string,
): Promise<void> {
  const scope = {
    purposes: ['CLINTRCH'],
    duo: [],
    modelClasses: 'any',
    trials: [trial],
    dataCategories: 'any',
    controller: DEMO_CLINIC,
  } as const
  await commands.execute(
    new GiveConsent(actors.as('investigator'), {
      subject,
      scope,
      notice: { ...TRIAL_NOTICE, language: 'en' },
      method: 'paper',
      by: 'subject',
    }),
  )
}
