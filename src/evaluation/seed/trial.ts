import type { CommandBus } from '@nestjs/cqrs'
import { DEMO_SITE, DEMO_SPONSOR } from '../../identity/evaluation-issuer/accounts.js'
import { EnrolSubject } from '../../trials/commands/enrol-subject.js'
import { OpenSite } from '../../trials/commands/open-site.js'
import { RegisterTrial } from '../../trials/commands/register-trial.js'
import { WithdrawSubject } from '../../trials/commands/withdraw-subject.js'
import { consentToTrial } from './consents.js'
import type { DemoActors } from './demo-actors.js'
import type { SeededTwin } from './patients.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Of every three people one takes part. */
const EVERY = 3

/** Who is asked to take part. */
export const participantsAmong = (twins: readonly SeededTwin[]): SeededTwin[] =>
  twins.filter((_, place) => place % EVERY === 0)

/** A trial with a site, people enrolled under its own codes, and one who left. Gives the accounts their part in it. */
export async function seedTrial(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<string> {
  const register = new RegisterTrial(actors.as('sponsor'), {
    code: 'EVAL-HEART-1',
    title: 'A made-up trial of risk-guided prevention of heart disease',
    sponsor: DEMO_SPONSOR,
    protocol: { id: 'EVAL-HEART', version: '1.0' },
  })
  const trial = (await progress.once('trial', async () => (await commands.execute(register)).trial))!
  await progress.once('site', async () => {
    await commands.execute(new OpenSite(actors.as('sponsor'), { trial, site: DEMO_SITE, country: 'DE' }))
  })
  const codes: string[] = []
  for (const { subject } of participantsAmong(twins)) {
    await progress.once(`consent to the trial ${subject}`, () => consentToTrial(commands, actors, subject, trial))
    const enrol = new EnrolSubject(actors.as('investigator'), { trial, subject, site: DEMO_SITE })
    const code = await progress.once(`enrolment ${subject}`, async () => (await commands.execute(enrol)).code)
    if (code !== null) codes.push(code)
  }
  await progress.once('withdrawal', async () => {
    await commands.execute(
      new WithdrawSubject(actors.as('investigator'), { trial, code: codes.at(-1)!, reason: 'subject-decision' }),
    )
  })
  actors.accounts.assign('sponsor', { trials: [trial] })
  actors.accounts.assign('modeller', { trials: [trial] })
  return trial
}
