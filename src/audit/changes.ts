/**
 * Old and new value of what an event changed (21 CFR 11.10(e): nothing recorded before is obscured). The ledger keeps whole
 * values, so the old one is always another event; the rule says which.
 */
import type { RecordedEvent } from '../journal/recorded-event.js'
import type { StoredEvent } from '../ledger/event.js'
import type { EventStore } from '../ledger/event-store.js'

export const CHANGE_RULES = {
  recorded: 'Recorded anew; nothing is replaced.',
  'corrected-fact': 'The old value is that of the event which the correction names.',
  'previous-of-same-code': 'The old value is the latest one recorded before for the same twin under the same code.',
  'previous-in-stream': 'The old value is what the stream said of the same thing before.',
} as const
export type ChangeRule = keyof typeof CHANGE_RULES

export interface Change {
  rule: ChangeRule
  /** What the rule means, in one sentence. */
  meaning: string
  /** Null when there was none, or it is not readable any more; `oldPosition` tells the two apart. */
  old: unknown
  oldPosition: number | null
  new: unknown
}

/** How events of one type relate to what was said before in their stream. */
interface Comparison {
  rule: 'previous-of-same-code' | 'previous-in-stream'
  /** Types of events that said the same kind of thing. */
  among: readonly string[]
  value: (data: Data) => unknown
  /** Only events with the same key are about the same thing. */
  key?: (data: Data) => string | undefined
}
type Data = Record<string, unknown>

const replaced = (data: Data): unknown => ('replacement' in data ? data.replacement : data)
const custody = ({ controller, owner }: Data) => ({ controller, owner })
const codeOf = (data: Data): string | undefined => {
  const { code } = (replaced(data) ?? {}) as { code?: { system?: string; code?: string } }
  return code && `${code.system}|${code.code}`
}
const demographics: Comparison = {
  rule: 'previous-in-stream',
  among: ['twin.demographics-recorded', 'twin.demographics-corrected'],
  value: replaced,
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  'twin.demographics-recorded': demographics,
  'twin.demographics-corrected': demographics,
  'twin.contact-recorded': { rule: 'previous-in-stream', among: ['twin.contact-recorded'], value: (data) => data },
  'twin.custody-changed': {
    rule: 'previous-in-stream',
    among: ['twin.registered', 'twin.custody-changed'],
    value: custody,
  },
  'twin.observation-recorded': {
    rule: 'previous-of-same-code',
    among: ['twin.observation-recorded', 'twin.fact-corrected'],
    value: replaced,
    key: codeOf,
  },
  'trial.protocol-amended': {
    rule: 'previous-in-stream',
    among: ['trial.registered', 'trial.protocol-amended'],
    value: ({ protocol }) => protocol,
  },
}

/** How many events are read at once on the way back through a stream. */
const PAGE = 200

/** Opens events for a reader; what it may not open comes back without data. */
export type Open = (events: readonly StoredEvent[]) => Promise<RecordedEvent[]>

/**
 * The change that an event made, and the event the old value comes from.
 *
 * @param event as opened for the reader
 */
export async function changeOf(
  event: RecordedEvent,
  store: EventStore,
  open: Open,
): Promise<{ change: Change; earlier: RecordedEvent | null }> {
  const { header, type } = event
  const data = event.data as Data | null
  if (type === 'twin.fact-corrected') {
    const target = typeof data?.target === 'string' ? await store.find([data.target]) : []
    const [earlier = null] = await open(target)
    return { change: change('corrected-fact', earlier, replaced, data), earlier }
  }
  const comparison = COMPARISONS[type]
  if (!comparison || data === null) {
    return { change: change(comparison?.rule ?? 'recorded', null, (value) => value, data), earlier: null }
  }
  const earlier = await latestBefore(header.stream, header.revision, comparison, data, store, open)
  return { change: change(comparison.rule, earlier, comparison.value, data), earlier }
}

function change(
  rule: ChangeRule,
  earlier: RecordedEvent | null,
  value: (data: Data) => unknown,
  data: Data | null,
): Change {
  return {
    rule,
    meaning: CHANGE_RULES[rule],
    old: earlier?.data ? value(earlier.data as Data) : null,
    oldPosition: earlier?.position ?? null,
    new: data && value(data),
  }
}

async function latestBefore(
  stream: string,
  revision: number,
  { among, key }: Comparison,
  data: Data,
  store: EventStore,
  open: Open,
): Promise<RecordedEvent | null> {
  for (let from = revision - 1; from >= 0; from -= PAGE) {
    const page = await store.readStream(stream, { direction: 'backwards', from, limit: PAGE })
    const candidates = page.filter(({ header }) => among.includes(header.type))
    for (const candidate of candidates) {
      const [event] = await open([candidate])
      // An erased value has no code any more; only where none is asked for is it known to be the one.
      if (!key || (event!.data !== null && key(event!.data as Data) === key(data))) return event!
    }
  }
  return null
}
