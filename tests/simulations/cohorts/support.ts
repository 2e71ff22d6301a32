/** Twins with a record and a consent, registered straight through the commands of a running service. */
import { randomUUID } from 'node:crypto'
import { CommandBus } from '@nestjs/cqrs'
import { GiveConsent } from '../../../src/consents/commands/give-consent.js'
import { OptOut } from '../../../src/consents/commands/opt-out.js'
import { ReverseOptOut } from '../../../src/consents/commands/reverse-opt-out.js'
import { WithdrawConsent } from '../../../src/consents/commands/withdraw-consent.js'
import type { CommandContext } from '../../../src/journal/command-context.js'
import type { RunningService } from '../../../src/service.js'
import { RecordFacts } from '../../../src/twins/commands/record-facts.js'
import { RegisterTwin } from '../../../src/twins/commands/register-twin.js'
import { expressed, notice, scope } from '../../consents/support.js'
import { publishNotice } from '../../support/published-notice.js'
import { demographics, P1_FACTS } from '../support.js'

export interface MadeTwin {
  twin: string
  subject: string
}

export const clerk = (): CommandContext => ({
  actor: { id: 'clerk-1', role: 'investigator' },
  correlation: randomUUID(),
})

const AT_ONCE = 32

/** @param source source system of the twins, by which a cohort can choose them */
export async function makeTwins(
  service: RunningService,
  source: string,
  count: number,
  { facts = Object.values(P1_FACTS).flat(), consents = true }: { facts?: readonly unknown[]; consents?: boolean } = {},
): Promise<MadeTwin[]> {
  const commands = service.app.get(CommandBus)
  await publishNotice(service, notice)
  const custody = { controller: 'evaluation-clinic', owner: 'evaluation-clinic' }
  const make = async (): Promise<MadeTwin> => {
    const { twin, subject } = await commands.execute(new RegisterTwin(clerk(), { custody, source, demographics }))
    await commands.execute(new RecordFacts(clerk(), { twin, facts: facts as never }))
    const given = { subject, scope: scope({ controller: 'evaluation-clinic' }), notice, ...expressed }
    if (consents) await commands.execute(new GiveConsent(clerk(), given))
    return { twin, subject }
  }
  const made: MadeTwin[] = []
  // Not all at once: hundreds that wait for a connection outwait its patience where the machine is busy.
  while (made.length < count)
    made.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - made.length) }, make))))
  return made
}

export const withdraw = ({ app }: RunningService, { subject }: MadeTwin) =>
  app.get(CommandBus).execute(new WithdrawConsent(clerk(), { subject, ...expressed }))

export const optOut = ({ app }: RunningService, { subject }: MadeTwin) =>
  app.get(CommandBus).execute(new OptOut(clerk(), { subject, ...expressed }))
export const reverseOptOut = ({ app }: RunningService, { subject }: MadeTwin) =>
  app.get(CommandBus).execute(new ReverseOptOut(clerk(), { subject, ...expressed }))
