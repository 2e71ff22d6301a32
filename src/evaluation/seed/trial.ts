import { createHash } from 'node:crypto'
import type { CommandBus } from '@nestjs/cqrs'
import { DEMO_SITE, DEMO_SPONSOR } from '../../identity/evaluation-issuer/accounts.js'
import { DesignArms } from '../../randomisation/commands/design-arms.js'
import { FreezePlan } from '../../randomisation/commands/freeze-plan.js'
import { RandomiseParticipant } from '../../randomisation/commands/randomise-participant.js'
import { RegisterPlan } from '../../randomisation/commands/register-plan.js'
import { SealList } from '../../randomisation/commands/seal-list.js'
import { BLINDABLE_ROLES } from '../../randomisation/events.js'
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

export interface SeededTrial {
  trial: string
  /** Of whoever was enrolled. */
  codes: string[]
}

/** A trial with a site and people enrolled under its own codes. Gives the accounts their part in it. */
export async function seedTrial(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<SeededTrial> {
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
  for (const account of ['sponsor', 'modeller', 'randomisation-manager'])
    actors.accounts.assign(account, { trials: [trial] })
  return { trial, codes }
}

/**
 * Two arms that are hidden from everybody who can be blinded, an analysis plan that was fixed before anybody could look, people
 * randomised, and one who left. After the runs in the trial: the score that the plan adjusts for is one of baseline.
 */
export async function seedArms(
  commands: CommandBus,
  actors: DemoActors,
  progress: SeedingProgress,
  { trial, codes }: SeededTrial,
): Promise<void> {
  const arms = [
    { arm: 'A', name: 'Prevention guided by the risk of the twin', share: 1 },
    { arm: 'B', name: 'Usual care', share: 1 },
  ]
  await progress.once('arms', async () => {
    const design = { arms, blinded: BLINDABLE_ROLES, stratifiedBy: 'site' } as const
    await commands.execute(new DesignArms(actors.as('sponsor'), { trial, design }))
  })
  await progress.once('list of arms', async () => {
    const origin = { source: 'generated', blockSizes: [4, 6], places: 48 } as const
    await commands.execute(new SealList(actors.as('randomisation-manager'), { trial, origin }))
  })
  const plan = await progress.once('analysis plan', async () => {
    const digest = createHash('sha256').update('A made-up analysis plan.').digest('hex')
    const registered = { trial, version: '1.0', digest, score: 'cvd.prevent-2023', designs: [] }
    return (await commands.execute(new RegisterPlan(actors.as('sponsor'), registered))).plan
  })
  if (plan !== null)
    await progress.once('analysis plan frozen', async () => {
      await commands.execute(new FreezePlan(actors.as('sponsor'), { trial, plan }))
    })
  for (const code of codes)
    await progress.once(`allocation ${code}`, async () => {
      await commands.execute(new RandomiseParticipant(actors.as('investigator'), { trial, code }))
    })
  await progress.once('withdrawal', async () => {
    await commands.execute(
      new WithdrawSubject(actors.as('investigator'), { trial, code: codes.at(-1)!, reason: 'subject-decision' }),
    )
  })
}
