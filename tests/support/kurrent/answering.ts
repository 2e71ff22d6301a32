/** How a handler's promise becomes the answer of a call. */
import type { sendUnaryData, ServerWritableStream, ServerDuplexStream } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import type { RecordedRequest } from './node.js'
import { CallFailure } from './server-errors.js'

/** Answers a call that has one answer, and notes what came of it. */
export async function answerOnce<Answer>(
  callback: sendUnaryData<Answer>,
  handle: () => Promise<Answer>,
  request: RecordedRequest,
): Promise<void> {
  try {
    const answer = await handle()
    if (request.outcome === 'pending') request.outcome = 'success'
    callback(null, answer)
  } catch (error) {
    const failure = failureOf(error)
    if (request.outcome === 'pending') request.outcome = failure.details
    callback(failure)
  }
}

/** What the server answers when its own code throws. */
export const failureOf = (error: unknown): CallFailure =>
  error instanceof CallFailure ? error : new CallFailure(status.UNKNOWN, 'Exception was thrown by handler.')

type Sink<Message> = ServerWritableStream<unknown, Message> | ServerDuplexStream<unknown, Message>

/** Writes one message and waits while the reader is slower than the server. */
export async function send<Message>(call: Sink<Message>, message: Message): Promise<void> {
  if (call.cancelled || call.write(message)) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      call.off('drain', done).off('cancelled', done).off('close', done)
      resolve()
    }
    call.on('drain', done).on('cancelled', done).on('close', done)
  })
}

/** Aborts when the caller has gone: it cancelled, its deadline passed, or its connection broke. */
export function goneSignal(call: Sink<never>): AbortSignal {
  const gone = new AbortController()
  call.on('cancelled', () => gone.abort())
  if (call.cancelled) gone.abort()
  return gone.signal
}
