/** One checkpoint to one witness: the client of C2SP tlog-witness "add-checkpoint". Nothing it answers is trusted unverified. */
import { isUtf8 } from 'node:buffer'
import { boundedBody } from '../platform/bounded-body.js'
import { IntegrityError } from '../platform/errors.js'
import { withTimeLimit } from '../platform/time-limit.js'
import { encodeAddCheckpoint, SIZE_MEDIA_TYPE } from '../ledger/log/add-checkpoint.js'
import { parseCheckpoint, parseDecimal } from '../ledger/log/checkpoint.js'
import { type Cosignature, cosignaturesOn } from '../ledger/log/cosigned.js'
import { parseNote } from '../ledger/log/note.js'
import { errorCode } from '../ledger/log/system-error.js'
import type { PolicyWitness } from '../ledger/log/witness-policy.js'
import { retryAfterMs } from './backoff.js'

export interface Submission {
  witness: PolicyWitness
  /** The checkpoint, as the log signed it. */
  signed: string
  /** What the witness cosigned last, as far as is known. */
  knownSize: number
  /** Consistency proof from a smaller tree to that of the checkpoint. */
  prove: (oldSize: number) => Promise<Buffer[]>
  signal: AbortSignal
  timeoutMs?: number
}

export type SubmissionOutcome =
  | { kind: 'cosigned'; cosignature: Cosignature }
  /** 422: by the witness's word the checkpoint is no extension of what it cosigned. */
  | { kind: 'not-an-extension'; witnessSize: number }
  /** 409 with a size above that of the checkpoint. */
  | { kind: 'larger-log-seen'; witnessSize: number }
  /** `code`: kebab-case, for a metric and for health. */
  | { kind: 'failed'; code: string; retryAfterMs: number }

/** A cosignature is of now, by clocks that may differ. */
export const CLOCK_TOLERANCE_SECONDS = 300
/** Room for many signature lines, also post-quantum ones of 5 kB. */
const MAX_ANSWER_BYTES = 65_536
const TIMEOUT_MS = 10_000

interface Answer {
  status: number
  contentType: string
  body: string
  retryAfterMs: number
}

/** Submits, and once more with the size that the witness tells where it is another than was known. */
export async function submitCheckpoint(submission: Submission): Promise<SubmissionOutcome> {
  const { size } = parseCheckpoint(submission.signed)
  const knownSize = submission.knownSize <= size ? submission.knownSize : 0
  const first = await submitOnce({ ...submission, knownSize })
  if (first.kind !== 'conflict') return first
  if (first.size > size) return { kind: 'larger-log-seen', witnessSize: first.size }
  const second = await submitOnce({ ...submission, knownSize: first.size })
  // Others may submit this log, too: then the next round finds its size.
  return second.kind === 'conflict' ? failed('size-changed-again') : second
}

async function submitOnce(submission: Submission): Promise<SubmissionOutcome | { kind: 'conflict'; size: number }> {
  const { knownSize: oldSize, signed: checkpoint, prove } = submission
  const body = encodeAddCheckpoint({ oldSize, proof: await prove(oldSize), checkpoint })
  const answer = await post(submission, body)
  if ('kind' in answer) return answer
  if (answer.status === 200) return cosignatureOf(submission, answer.body)
  if (answer.status === 409) {
    const told = sizeIn(answer)
    return told === null || told === oldSize ? failed('answer-malformed') : { kind: 'conflict', size: told }
  }
  if (answer.status === 422) return { kind: 'not-an-extension', witnessSize: oldSize }
  return failed(`answer-${answer.status}`, answer.retryAfterMs)
}

/** `<size>\n`; null for anything else. */
function sizeIn({ contentType, body }: Answer): number | null {
  const isSize = contentType.split(';')[0]!.trim() === SIZE_MEDIA_TYPE && body.endsWith('\n')
  return isSize ? parseDecimal(body.slice(0, -1)) : null
}

async function post(
  { witness, signal, timeoutMs = TIMEOUT_MS }: Submission,
  body: string,
): Promise<Answer | SubmissionOutcome> {
  const url = `${witness.url!.replace(/\/+$/, '')}/add-checkpoint`
  try {
    return await withTimeLimit(timeoutMs, signal, async (limited) =>
      read(await fetch(url, { method: 'POST', body, redirect: 'manual', signal: limited })),
    )
  } catch (error) {
    return failed(errorCode(error) === 'TimeoutError' ? 'timeout' : 'unreachable')
  }
}

async function read(response: Response): Promise<Answer | SubmissionOutcome> {
  const bytes = await boundedBody(response, MAX_ANSWER_BYTES)
  if (!bytes) return failed('answer-too-large')
  if (!isUtf8(bytes)) return failed('answer-malformed')
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: bytes.toString('utf8'),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  }
}

/** The witness's own line out of the answer, "concatenated to the checkpoint" as the standard proposes; others are ignored. */
function cosignatureOf({ witness, signed }: Submission, lines: string): SubmissionOutcome {
  try {
    const [cosignature] = cosignaturesOn(parseNote(signed + lines), [witness])
    if (!cosignature) return failed('cosignature-missing')
    const late = Math.abs(Date.now() / 1000 - cosignature.time) > CLOCK_TOLERANCE_SECONDS
    return late ? failed('time-implausible') : { kind: 'cosigned', cosignature }
  } catch (error) {
    if (error instanceof IntegrityError)
      return failed(error.code === 'cosignature-invalid' ? error.code : 'answer-malformed')
    throw error
  }
}

function failed(code: string, wait = 0): SubmissionOutcome {
  return { kind: 'failed', code, retryAfterMs: wait }
}
