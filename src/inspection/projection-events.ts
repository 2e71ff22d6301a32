/** What was done to read models by hand. One stream: such acts are few. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const PROJECTION_STREAM = 'projection-b7d1c3de-9f0e-4f5e-8a4b-0c1c5a6d2e90'

export type ProjectionRebuilt = DomainEvent<
  'projection.rebuilt',
  { projection: string; position: number; equal: boolean; differenceAccepted: boolean }
>
export type ProjectionResumed = DomainEvent<'projection.resumed', { projection: string }>

export type ProjectionEvent = ProjectionRebuilt | ProjectionResumed

export const PROJECTION_EVENT_TYPES = eventTypes<ProjectionEvent>({
  'projection.rebuilt': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The read model ${data.projection} was rebuilt from the log; it ${data.equal ? 'equals' : 'differed from'} the earlier one.`
        : 'A read model was rebuilt from the log.',
  },
  'projection.resumed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The halted read model ${data.projection} was resumed.` : 'A halted read model was resumed.',
  },
})
