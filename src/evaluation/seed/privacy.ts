import { CommandBus, QueryBus } from '@nestjs/cqrs'
import type { INestApplicationContext } from '@nestjs/common'
import { AnswerRequest } from '../../privacy/commands/answer-request.js'
import { ConfirmErasure } from '../../privacy/commands/confirm-erasure.js'
import { DecideRequest } from '../../privacy/commands/decide-request.js'
import { ExecuteErasure } from '../../privacy/commands/execute-erasure.js'
import { IdentifyRequester } from '../../privacy/commands/identify-requester.js'
import { JudgeHold } from '../../privacy/commands/judge-hold.js'
import { PlaceHold } from '../../privacy/commands/place-hold.js'
import { PrepareRequest } from '../../privacy/commands/prepare-request.js'
import { ReceiveRequest } from '../../privacy/commands/receive-request.js'
import type { RequestKind } from '../../privacy/codes.js'
import { ListErasures } from '../../privacy/queries/list-erasures.js'
import { EVENT_STORE } from '../../journal/journal.tokens.js'
import type { EventStore } from '../../ledger/event-store.js'
import { Conflict } from '../../platform/errors.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { KEY_CLASSES } from '../../vault/key-class.js'
import type { DemoActors } from './demo-actors.js'
import type { SeededTwin } from './patients.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Counted from the end: people whom nothing else in the evaluation data set needs. */
const FORGOTTEN = 2
const HELD = 3
const ANSWERED = 4
const ASKING = 5

/** One person who got a copy, one who was forgotten, one whose data a legal hold keeps, and one who waits for an answer. */
export async function seedPrivacy(
  app: INestApplicationContext,
  actors: DemoActors,
  progress: SeedingProgress,
  twins: readonly SeededTwin[],
): Promise<void> {
  const commands = app.get(CommandBus, { strict: false })
  const whole = { ground: '17-1-b', classes: KEY_CLASSES, retained: [] } as const
  const subjectAt = (place: number) => twins.at(-place)!.subject

  await progress.once('request for access', async () => {
    const request = await receive(subjectAt(ANSWERED), 'access')
    const decision = { request, outcome: 'granted', grounds: [] } as const
    await commands.execute(new DecideRequest(actors.as('compliance'), decision))
    await commands.execute(new AnswerRequest(actors.as('compliance'), { request, channel: 'paper' }))
  })
  await progress.once('open request', async () => {
    await receive(subjectAt(ASKING), 'restriction')
  })
  await progress.once('legal hold', async () => {
    const subject = subjectAt(HELD)
    const order = { subject, requestedBy: 'regulator', ground: 'inspection' } as const
    const { hold } = await commands.execute(new PlaceHold(actors.as('compliance'), order))
    await commands.execute(new JudgeHold(actors.as('qa'), { subject, hold, approved: true }))
    const request = await prepared(subject)
    const decision = { request, outcome: 'granted', grounds: [], erasure: whole } as const
    await commands.execute(new DecideRequest(actors.as('compliance'), decision)).catch((error: unknown) => {
      if (!(error instanceof Conflict && error.code === 'legal-hold-active')) throw error
    })
  })
  await progress.once('erasure', async () => {
    const subject = subjectAt(FORGOTTEN)
    const request = await prepared(subject)
    const decision = { request, outcome: 'granted', grounds: [], erasure: whole } as const
    await commands.execute(new DecideRequest(actors.as('compliance'), decision))
    await caughtUp()
    const { items } = await app.get(QueryBus, { strict: false }).execute(new ListErasures({ subject }))
    const erasure = { subject, erasure: items[0]!.erasure }
    await commands.execute(new ConfirmErasure(actors.as('qa'), erasure))
    await commands.execute(new ExecuteErasure(actors.as('administrator'), erasure))
    await commands.execute(new AnswerRequest(actors.as('compliance'), { request, channel: 'paper' }))
  })

  async function receive(subject: string, kind: RequestKind): Promise<string> {
    const asked = { subject, kind, channel: 'paper', signedIn: false } as const
    const { request } = await commands.execute(new ReceiveRequest(actors.as('compliance'), asked))
    const check = { request, method: 'document', confirmed: true } as const
    await commands.execute(new IdentifyRequester(actors.as('compliance'), check))
    return request
  }

  async function prepared(subject: string): Promise<string> {
    const request = await receive(subject, 'erasure')
    await caughtUp()
    await commands.execute(new PrepareRequest(actors.as('steward'), request))
    return request
  }

  async function caughtUp(): Promise<void> {
    const store = app.get<EventStore>(EVENT_STORE, { strict: false })
    await app.get(ProjectionEngine, { strict: false }).waitFor((await store.head()).size, 60_000)
  }
}
