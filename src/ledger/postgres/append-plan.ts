/** Turns waiting appends into one batch: revisions, leaves, tree, tiles and a signed checkpoint. Pure but for the signer. */
import { leafHash } from '../log/hash.js'
import type { FullTile, TreeState } from '../log/tree-state.js'
import { leafText, type HeaderTemplate } from '../event-header.js'
import type { AppendedEvent, AppendResult, ExpectedRevision } from '../event-store.js'

/** One caller's request, checked and with its leaves written as far as possible. */
export interface WaitingAppend {
  streams: { stream: string; expected: ExpectedRevision; events: { template: HeaderTemplate; payload: Buffer }[] }[]
  eventCount: number
  payloadBytes: number
  /** How often its batch failed for a reason that is not its own. */
  attempts: number
  resolve(result: AppendResult): void
  reject(error: Error): void
}

export interface PlannedEvent extends AppendedEvent {
  type: string
  leaf: Buffer
  payload: Buffer
}

export interface PlannedBatch {
  /** Tree size the batch stands on. */
  fromSize: number
  /** The frontier of that tree: of several logs that could have this size, it names the one. */
  fromFrontier: Buffer
  /** The tree with the batch in it. */
  tree: TreeState
  tiles: FullTile[]
  checkpoint: string
  recordedMs: number
  events: PlannedEvent[]
  /** Streams whose revision rests on a caller's word alone: what it must be before the batch. */
  expectations: Map<string, number>
  accepted: { request: WaitingAppend; events: PlannedEvent[] }[]
  /** Requests that cannot be judged before what lies ahead of them is committed. */
  aside: WaitingAppend[]
  /** Requests that take any revision of a stream whose revision is not known. */
  unknown: WaitingAppend[]
}

/** What a caller is told of his events. */
export function answerOf(events: readonly PlannedEvent[]): AppendedEvent[] {
  return events.map(({ id, stream, revision, position, recordedAt }) => ({
    id,
    stream,
    revision,
    position,
    recordedAt,
  }))
}

/** What the plan stands on: the head as it will be once everything in flight is committed. */
export interface PlanBase {
  tree: TreeState
  recordedMs: number
  /** Revision of a stream in exactly this tree, or undefined when that is not known. */
  revisionOf(stream: string): number | undefined
  /** True for the ids of events that are in flight. */
  isInFlight(id: string): boolean
  now(): number
  sign(size: number, root: Buffer): string
}

/**
 * Plans a batch. A request whose expectation contradicts what is known, or whose ids are already under way, is set aside: it
 * may be a stale caller, a repeated request or our own outdated memory, and only the database can tell.
 */
export function planBatch(requests: readonly WaitingAppend[], base: PlanBase): PlannedBatch {
  const recordedMs = Math.max(base.now(), base.recordedMs)
  const recordedAt = new Date(recordedMs).toISOString()
  const tree = base.tree.fork()
  const batch: PlannedBatch = {
    fromSize: tree.size,
    fromFrontier: tree.frontier(),
    tree,
    tiles: [],
    checkpoint: '',
    recordedMs,
    events: [],
    expectations: new Map(),
    accepted: [],
    aside: [],
    unknown: [],
  }
  const revisions = new Map<string, number>()
  const ids = new Set<string>()

  for (const request of requests) {
    const starts = startingRevisions(request, (stream) => revisions.get(stream) ?? base.revisionOf(stream))
    if (starts === 'contradicted' || repeatsAnId(request, ids, base)) {
      batch.aside.push(request)
      continue
    }
    if (starts === 'unknown') {
      batch.unknown.push(request)
      continue
    }
    const events: PlannedEvent[] = []
    request.streams.forEach(({ stream, events: proposed }, index) => {
      let revision = revisions.get(stream) ?? starts[index]!
      if (!revisions.has(stream) && base.revisionOf(stream) === undefined) batch.expectations.set(stream, revision)
      for (const { template, payload } of proposed) {
        revision++
        const leaf = leafText(template, revision, recordedAt)
        tree.append(leafHash(leaf))
        ids.add(template.id)
        events.push({
          id: template.id,
          type: template.type,
          stream,
          revision,
          position: tree.size - 1,
          recordedAt,
          leaf: Buffer.from(leaf, 'utf8'),
          payload,
        })
      }
      revisions.set(stream, revision)
    })
    batch.events.push(...events)
    batch.accepted.push({ request, events })
  }
  if (batch.events.length > 0) {
    batch.tiles = tree.takeFullTiles()
    batch.checkpoint = base.sign(tree.size, tree.root())
  }
  return batch
}

/** The revision each of the request's streams is taken to have, or why that cannot be said. */
function startingRevisions(
  request: WaitingAppend,
  known: (stream: string) => number | undefined,
): number[] | 'contradicted' | 'unknown' {
  const starts: number[] = []
  let unknown = false
  for (const { stream, expected } of request.streams) {
    const revision = known(stream)
    const wanted = expected === 'no-stream' ? -1 : expected
    if (revision !== undefined && wanted !== 'any' && wanted !== revision) return 'contradicted'
    if (revision === undefined && wanted === 'any') unknown = true
    else starts.push(revision ?? (wanted as number))
  }
  return unknown ? 'unknown' : starts
}

function repeatsAnId(request: WaitingAppend, ids: ReadonlySet<string>, base: PlanBase): boolean {
  return request.streams.some(({ events }) =>
    events.some(({ template }) => ids.has(template.id) || base.isInFlight(template.id)),
  )
}
