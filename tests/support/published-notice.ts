/** Notices that people in tests consent under: written by one actor, approved by another, in force since long ago. */
import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { CommandBus, QueryHandler } from '@nestjs/cqrs'
import type { NoticeReference } from '../../src/consents/events.js'
import type { CommandContext } from '../../src/journal/command-context.js'
import { DraftNotice } from '../../src/notices/commands/draft-notice.js'
import { JudgeNotice } from '../../src/notices/commands/judge-notice.js'
import { PublishNotice } from '../../src/notices/commands/publish-notice.js'
import { textDigest } from '../../src/notices/notice-text.js'
import { FindNotice, type PublishedVersion } from '../../src/notices/queries/find-notice.js'
import { Conflict } from '../../src/platform/errors.js'

const TITLE = 'What we ask you'
const TEXT = 'We ask you whether we may use your data.\n\nYou may say no.\n'
const IN_FORCE_FROM = '2020-01-01T00:00:00.000Z'

const as = (id: string, role: string): CommandContext => ({ actor: { id, role }, correlation: randomUUID() })

/** Publishes one with a short text; one that is published already stays as it is. */
export async function publishNotice(
  { app }: { app: INestApplicationContext },
  { id: notice, version, language }: NoticeReference,
  { text = TEXT, inForceFrom = IN_FORCE_FROM }: { text?: string; inForceFrom?: string } = {},
): Promise<void> {
  const commands = app.get(CommandBus, { strict: false })
  const named = { notice, version, language }
  const judgement = { outcome: 'approved', sha256: textDigest(text), remark: 'Plain.' } as const
  try {
    await commands.execute(new DraftNotice(as('notice-author', 'compliance'), { ...named, title: TITLE, text }))
    await commands.execute(new JudgeNotice(as('notice-approver', 'qa'), named, judgement))
    await commands.execute(new PublishNotice(as('notice-author', 'compliance'), { notice, version, inForceFrom }))
  } catch (error) {
    if (!(error instanceof Conflict && error.code === 'consent-notice-published')) throw error
  }
}

/** What is known of a notice that is published in one version and language. */
export const publishedNotice = ({ id, version, language }: NoticeReference): PublishedVersion => ({
  notice: id,
  version,
  standing: 'in-force',
  inForceFrom: IN_FORCE_FROM,
  withdrawn: null,
  texts: [{ language, title: TITLE, sha256: textDigest(TEXT), publishedAt: IN_FORCE_FROM }],
})

/** Answers FindNotice where there is no room of notices: whichever is asked for is published in version 2026-03, in English. */
@QueryHandler(FindNotice)
export class AnyNoticeHandler {
  execute({ notice }: FindNotice): Promise<PublishedVersion[]> {
    return Promise.resolve([publishedNotice({ id: notice, version: '2026-03', language: 'en' })])
  }
}
