import { Injectable } from '@nestjs/common'
import type { CommandContext } from './command-context.js'
import type { AccessEvent } from './access-events.js'
import { Journal } from './journal.js'

/** Stream that remembers refusals which concern no particular person. */
const SERVICE_REFUSALS = 'access-00000000-0000-4000-8000-000000000000'

/** Records reads of personal data and refusals. A value is shown only after its reading was recorded. */
@Injectable()
export class AccessRecorder {
  constructor(private readonly journal: Journal) {}

  /** @param what kinds of values, e.g. `['demographics', 'observation']`; no values */
  async opened(
    context: CommandContext,
    read: { subject: string; twin?: string; trial?: string; what: readonly string[]; count: number },
  ) {
    const { subject, trial, twin, what, count } = read
    const event: AccessEvent = { type: 'access.values-opened', data: { twin, what, count } }
    await this.journal.append(context, [
      { stream: `access-${subject}`, expectedRevision: 'any', entries: [{ event, subject, trial }] },
    ])
  }

  async refused(context: CommandContext, refusal: { action: string; code: string; subject?: string }): Promise<void> {
    const { action, code, subject } = refusal
    const event: AccessEvent = { type: 'access.refused', data: { action, code } }
    const stream = subject === undefined ? SERVICE_REFUSALS : `access-${subject}`
    await this.journal.append(context, [{ stream, expectedRevision: 'any', entries: [{ event, subject }] }])
  }
}
