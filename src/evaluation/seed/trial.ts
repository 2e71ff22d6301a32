import type { CommandBus } from '@nestjs/cqrs'
import { DEMO_SITE, DEMO_SPONSOR } from '../../identity/evaluation-issuer/accounts.js'
import { EnrolSubject } from '../../trials/commands/enrol-subject.js'
import { OpenSite } from '../../trials/commands/open-site.js'
import { RegisterTrial } from '../../trials/commands/register-trial.js'
import { WithdrawSubject } from '../../trials/commands/withdraw-subject.js'
import { consentToTrial } from './consents.js'
import type { DemoActors } from './demo-actors.js'
import type { SeededTwin } from './patients.js'

/** Of every three people one takes part. */
const EVERY = 3

/** A trial with a site, people enrolled under its own codes, and one who left. Gives the accounts their part in it. */
export async function seedTrial(
  commands: CommandBus,
  actors: DemoActors,
  twins: readonly SeededTwin[],
): Promise<string> {
  const { trial } = await commands.execute(
    new RegisterTrial(actors.as('sponsor'), {
      code: 'EVAL-HEART-1',
      title: 'A made-up trial of risk-guided prevention of heart disease',
      sponsor: DEMO_SPONSOR,
      protocol: { id: 'EVAL-HEART', version: '1.0' },
    }),
  )
  await commands.execute(new OpenSite(actors.as('sponsor'), { trial, site: DEMO_SITE, country: 'DE' }))
  const codes: string[] = []
  for (const { subject } of twins.filter((_, place) => place % EVERY === 0)) {
    await consentToTrial(commands, actors, subject, trial)
    const enrolled = await commands.execute(
      new EnrolSubject(actors.as('investigator'), { trial, subject, site: DEMO_SITE }),
    )
    codes.push(enrolled.code)
  }
  await commands.execute(
    new WithdrawSubject(actors.as('investigator'), { trial, code: codes.at(-1)!, reason: 'subject-decision' }),
  )
  actors.accounts.assign('sponsor', { trials: [trial] })
  actors.accounts.assign('modeller', { trials: [trial] })
  return trial
}
