import { createHash, randomUUID } from 'node:crypto'
import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { AuthoriseUse, type Use, type UseRefusalCode } from '../../consents/commands/authorise-use.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { anthropometry } from '../../models/library/body-anthropometry/model.js'
import { Conflict, Forbidden, Unprocessable } from '../../platform/errors.js'
import { DataOfTrial, mustHold } from '../../randomisation/queries/data-of-trial.js'
import {
  SelectModelInputs,
  type InputReason,
  type SelectedInputs,
} from '../../simulations/queries/select-model-inputs.js'
import { FindTwin, type FoundTwin } from '../../twins/queries/find-twin.js'
import { GetTwin, type GetTwinHandler } from '../../twins/queries/get-twin.js'
import { ORGANS_MAPPING, VENTRICLE_MAPPING } from '../compose/body-mappings.js'
import { MODELS_OF, type ComposedBody } from '../compose/compose-body.js'
import { ventricleJudge } from '../compose/left-ventricle.js'
import { bodyStream, type BodyEvent, type BodyKind } from '../events.js'
import { ShapeThread } from '../thread/shape-thread.js'

export interface BodyOrder {
  kind: BodyKind
  twin: string
  /** Default: the twin as it stands. */
  twinRevision?: number
  /** True for a person who looks at the own body: an access to one's own data, for which no consent is asked (GDPR Art. 15). */
  ownBody: boolean
  /** False for readers who know the twin by a pseudonym: the file then names no record. */
  named: boolean
  purpose: Use['purpose']
  trial?: string
  /** `YYYY-MM-DD`, default today (UTC). */
  day?: string
}

export interface RenderedBody {
  glb: Uint8Array
  /** SHA-256 of it, hexadecimal. */
  digest: string
  twinRevision: number
  position: number
}

/**
 * Computes a person's body and hands it out. It runs models on a person's data, so the person's consent to each of them is
 * asked as for a simulation run, and what comes of it is on record.
 */
export class RenderBody extends Command<RenderedBody> {
  constructor(
    readonly context: CommandContext,
    readonly order: BodyOrder,
  ) {
    super()
  }
}

type Twin = Awaited<ReturnType<GetTwinHandler['execute']>>

/** Kinds of data that each kind of body reads. */
const CATEGORIES: Readonly<Record<BodyKind, NonNullable<Use['dataCategories']>>> = {
  'left-ventricle': ['imaging', 'vital-signs'],
  body: ['demographics', 'imaging', 'vital-signs'],
}

@CommandHandler(RenderBody)
export class RenderBodyHandler implements ICommandHandler<RenderBody> {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly shapes: ShapeThread,
  ) {}

  /**
   * @throws NotFound `twin-not-found`; Conflict `twin-not-in-use`, `after-data-lock`
   * @throws Forbidden `consent-missing`, Unprocessable `inputs-refused`: recorded, and every reason is named
   * @throws Unavailable `shape-unfinished`
   */
  async execute({ context, order }: RenderBody): Promise<RenderedBody> {
    const { idempotencyKey: _key, ...once } = { ...context, purpose: order.purpose }
    // Age and sex are of use for the organs alone.
    const detail = order.kind === 'body' ? 'full' : 'coded'
    const data = await this.queries.execute(new DataOfTrial(order.trial))
    const point = { revision: order.twinRevision, ...data }
    // Nothing is opened before consent has nothing against it: who is refused is no recipient.
    const found = await this.queries.execute(new FindTwin(order.twin, point))
    mustHold(data, order.twinRevision, found.revision)
    if (found.status !== 'active')
      throw new Conflict('twin-not-in-use', 'This twin is not in use.', { status: found.status })
    const authorisations = await this.authorise(once, order, found)
    const twin = await this.queries.execute(
      new GetTwin(once, order.twin, detail, { revision: found.revision, ...data }),
    )
    const day = order.day ?? new Date().toISOString().slice(0, 10)
    const composed = await this.compose(order, twin, day)
    if ('reasons' in composed) return this.refuseInputs(once, order, twin, composed.reasons)
    const digest = createHash('sha256').update(composed.glb).digest('hex')
    const position = await this.record(once, order, twin, {
      type: 'body.rendered',
      data: {
        kind: order.kind,
        ...(order.trial !== undefined && { trial: order.trial }),
        twinRevision: twin.revision,
        day,
        models: MODELS_OF[order.kind].map(({ id, version }) => `${id} ${version}`),
        authorisations,
        digest,
        bytes: composed.glb.length,
      },
    })
    return { glb: composed.glb, digest, twinRevision: twin.revision, position }
  }

  private async compose({ kind, named }: BodyOrder, twin: Twin, day: string): Promise<ComposedBody> {
    const ventricle = await this.queries.execute(new SelectModelInputs(twin, VENTRICLE_MAPPING, ventricleJudge, day))
    const of = { twin: twin.twin, revision: twin.revision, named }
    if (kind === 'left-ventricle') return this.shapes.compose({ do: 'compose-left-ventricle', of, selected: ventricle })
    const organs: SelectedInputs = await this.queries.execute(
      new SelectModelInputs(twin, ORGANS_MAPPING, anthropometry, day),
    )
    return this.shapes.compose({ do: 'compose-body', of, forOrgans: organs, forVentricle: ventricle })
  }

  /** @returns the events that permit it */
  private async authorise(context: CommandContext, order: BodyOrder, twin: FoundTwin): Promise<string[]> {
    if (order.ownBody) return []
    const reference = randomUUID()
    const authorisations: string[] = []
    for (const { id } of MODELS_OF[order.kind]) {
      const use: Use = {
        purpose: order.purpose,
        ...(order.trial !== undefined && { trial: order.trial }),
        model: id,
        dataCategories: CATEGORIES[order.kind],
      }
      const decision = await this.commands.execute(new AuthoriseUse(context, { subject: twin.subject, use, reference }))
      if (!decision.authorised) return this.refuseUse(context, order, twin, { ...decision, model: id })
      authorisations.push(decision.eventId)
    }
    return authorisations
  }

  private async refuseUse(
    context: CommandContext,
    order: BodyOrder,
    twin: FoundTwin,
    { model, codes, eventId }: { model: string; codes: readonly UseRefusalCode[]; eventId: string },
  ): Promise<never> {
    const refused = { kind: order.kind, twinRevision: twin.revision, stage: 'consent', model, codes } as const
    await this.record(context, order, twin, { type: 'body.refused', data: { ...refused, authorisation: eventId } })
    throw new Forbidden('consent-missing', 'No consent in force covers this use; the refusal is on record.', {
      model,
      codes,
    })
  }

  private async refuseInputs(
    context: CommandContext,
    order: BodyOrder,
    twin: FoundTwin,
    reasons: readonly InputReason[],
  ): Promise<never> {
    const data = { kind: order.kind, twinRevision: twin.revision, stage: 'inputs', reasons } as const
    await this.record(context, order, twin, { type: 'body.refused', data })
    throw new Unprocessable('inputs-refused', 'The twin does not have what the model needs.', { reasons })
  }

  /** @returns the position of the event */
  private async record(
    context: CommandContext,
    { trial }: BodyOrder,
    { twin, subject }: FoundTwin,
    event: BodyEvent,
  ): Promise<number> {
    const { events } = await this.journal.append(context, [
      {
        stream: bodyStream(twin),
        expectedRevision: 'any',
        entries: [{ event, subject, ...(trial !== undefined && { trial }) }],
      },
    ])
    return events.at(-1)!.position
  }
}
