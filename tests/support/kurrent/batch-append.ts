import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import { failureOf } from './answering.js'
import { expectedOf, idOf, proposedRecord, streamIdentifier, streamNameOf } from './messages.js'
import type { ClusterNode, CommitResult, RecordedRequest } from './node.js'
import { appendSizeOf, type Expected, NO_STREAM, type ProposedRecord } from './records.js'
import {
  batchAccessDenied,
  batchBadRequest,
  batchLeaderUnknown,
  batchNotReady,
  batchStreamDeleted,
  batchTimeout,
  batchTooLarge,
  batchWrongExpectedVersion,
} from './server-errors.js'

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>

/** One append whose last chunk has not come. */
interface Batch {
  correlation: UUID
  stream: string
  expected: Expected
  events: ProposedRecord[]
  size: number
  expiry: NodeJS.Timeout
}

/** `Streams.BatchAppend`: many appends over one call, each in chunks under its correlation id, answered when each is done. */
export function batchAppendTo(node: ClusterNode): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> {
  return (call) => {
    const batches = new Batches(node, call)
    call.on('data', (message: BatchAppendReq) => void batches.take(message))
    call.on('end', () => void batches.finish())
    call.on('cancelled', () => batches.forget())
    call.on('error', () => batches.forget())
  }
}

class Batches {
  readonly #open = new Map<string, Batch>()
  #answered: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly node: ClusterNode,
    private readonly call: Call,
  ) {}

  /** Takes the next chunk of one of the appends. */
  async take(message: BatchAppendReq): Promise<void> {
    await this.node.faults.thawed()
    try {
      this.#take(message)
    } catch (error) {
      this.call.emit('error', failureOf(error))
    }
  }

  #take(message: BatchAppendReq): void {
    const correlation = idOf(message.getCorrelationId())
    const options = message.getOptions()
    if (options !== undefined && !this.#begin(correlation, message, options)) return
    const batch = this.#open.get(correlation)
    if (batch === undefined) return
    try {
      this.#add(batch, message.getProposedMessagesList().map(proposedRecord))
    } catch (error) {
      this.#drop(correlation)
      this.#refuse(batch, batchBadRequest(failureOf(error).details))
    }
    if (batch.size > this.node.settings.maxAppendSize) {
      this.#drop(correlation)
      this.#refuse(batch, batchTooLarge(this.node.settings.maxAppendSize))
    }
    if (message.getIsFinal() && this.#drop(correlation)) this.#commit(batch)
  }

  /** The caller ends its side: what it asked for is still answered. */
  async finish(): Promise<void> {
    await this.node.faults.thawed()
    await this.#answered
    this.call.end()
  }

  forget(): void {
    for (const correlation of [...this.#open.keys()]) this.#drop(correlation)
  }

  #begin(correlation: string, message: BatchAppendReq, options: BatchAppendReq.Options): boolean {
    const stream = streamNameOf(options.getStreamIdentifier())
    const to = { correlation: message.getCorrelationId() as UUID, stream }
    if (!this.node.allows(stream, 'write')) return this.#refuse(to, batchAccessDenied())
    const timeout = Math.min(remaining(options), this.node.settings.commitTimeoutMs)
    if (timeout <= 0) return this.#refuse(to, batchTimeout())
    const expiry = setTimeout(() => this.#drop(correlation) && this.#refuse(to, batchTimeout()), timeout)
    const expected = expectedOf(options, options.getStreamPosition())
    this.#open.set(correlation, { ...to, expected, events: [], size: 0, expiry })
    return true
  }

  #add(batch: Batch, events: ProposedRecord[]): void {
    batch.events.push(...events)
    for (const event of events) batch.size += appendSizeOf(event)
  }

  #drop(correlation: string): boolean {
    clearTimeout(this.#open.get(correlation)?.expiry)
    return this.#open.delete(correlation)
  }

  #commit(batch: Batch): void {
    const { stream, expected, events } = batch
    const request = this.node.note(
      this.call,
      'batchAppend',
      stream,
      events.map((event) => event.id),
    )
    const obstacle = this.node.obstacle(this.call)
    if (obstacle !== null) return this.#obstructed(batch, request, obstacle)
    const answered = this.node
      .commit(this.call, () => this.node.log.append(stream, expected, events))
      .then((result) => {
        request.outcome = result.decision
        this.#answer(batch, (response) => outcome(response, batch, result))
      })
    this.#answered = Promise.all([this.#answered, answered])
  }

  #obstructed(batch: Batch, request: RecordedRequest, obstacle: 'not-ready' | 'leader-unknown' | 'not-leader'): void {
    request.outcome = obstacle
    if (obstacle === 'not-ready') this.#refuse(batch, batchNotReady())
    else if (obstacle === 'leader-unknown') this.#refuse(batch, batchLeaderUnknown())
    else this.call.emit('error', this.node.leaderElsewhere())
  }

  #refuse(batch: Pick<Batch, 'correlation' | 'stream'>, error: Status): false {
    this.#answer(batch, (response) => response.setError(error))
    return false
  }

  #answer(batch: Pick<Batch, 'correlation' | 'stream'>, fill: (response: BatchAppendResp) => BatchAppendResp): void {
    const response = new streams.BatchAppendResp()
    response.setCorrelationId(batch.correlation).setStreamIdentifier(streamIdentifier(batch.stream))
    if (!this.call.cancelled) this.call.write(fill(response))
  }
}

/** Milliseconds that the caller still waits. */
function remaining(options: BatchAppendReq.Options): number {
  const deadline = options.getDeadline()
  return deadline === undefined ? Infinity : deadline.toDate().getTime() - Date.now()
}

function outcome(response: BatchAppendResp, batch: Batch, result: CommitResult): BatchAppendResp {
  switch (result.decision) {
    case 'timed-out':
      return response.setError(batchTimeout())
    case 'deleted':
      return response.setError(batchStreamDeleted(batch.stream))
    case 'wrong-expected-version':
      return response.setError(batchWrongExpectedVersion(batch.expected, result.current))
    case 'written':
      return response.setSuccess(success(result.current, result.position))
    case 'idempotent':
      return response.setSuccess(success(result.last, result.position))
  }
}

function success(revision: bigint, position: bigint | null): BatchAppendResp.Success {
  const written = new streams.BatchAppendResp.Success()
  if (revision === NO_STREAM) written.setNoStream(new empty.Empty())
  else written.setCurrentRevision(String(revision))
  if (position === null) return written.setNoPosition(new empty.Empty())
  const place = new shared.AllStreamPosition()
  return written.setPosition(place.setCommitPosition(String(position)).setPreparePosition(String(position)))
}
