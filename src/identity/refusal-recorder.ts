import { Logger } from '@nestjs/common'
import { type Action } from './actions.js'
import { type Caller } from './caller.js'

/** One refused attempt: codes and pseudonymous ids only. */
export interface Refusal {
  /** Absent when nobody could be verified. */
  caller?: Caller
  /** Absent when the route has no policy at all. */
  action?: Action
  code: string
  correlation: string
}

/** Keeps every refusal, so that attempts can be reviewed (21 CFR 11.10(d), 11.300(d)). */
export interface RefusalRecorder {
  record(refusal: Refusal): void | Promise<void>
}

/** Keeps nothing; for tests and tools. */
export const noRefusalRecorder: RefusalRecorder = { record: () => undefined }

const logger = new Logger('RefusalRecorder')

/** Records a refusal. It stands even when it cannot be recorded: the log line is then its only trace. */
export async function recordRefusal(recorder: RefusalRecorder, refusal: Refusal): Promise<void> {
  try {
    await recorder.record(refusal)
  } catch {
    logger.error(`A refusal could not be recorded: ${refusal.code} (correlation ${refusal.correlation})`)
  }
}
