import type { CommandBus } from '@nestjs/cqrs'
import { DraftNotice } from '../../notices/commands/draft-notice.js'
import { JudgeNotice } from '../../notices/commands/judge-notice.js'
import { PublishNotice } from '../../notices/commands/publish-notice.js'
import { textDigest } from '../../notices/notice-text.js'
import type { DemoActors } from './demo-actors.js'
import { RESEARCH_TEXTS, TRIAL_TEXTS, type NoticeTexts } from './notice-texts.js'
import type { SeedingProgress } from './seeding-progress.js'

export const RESEARCH_NOTICE = { id: 'twin-research', version: '2.1' } as const
export const TRIAL_NOTICE = { id: 'heart-trial', version: '1.0' } as const

/** What the people of the evaluation data set are told: written by compliance, approved by quality assurance, in two languages. */
export async function seedNotices(commands: CommandBus, actors: DemoActors, progress: SeedingProgress): Promise<void> {
  await publish(RESEARCH_NOTICE, RESEARCH_TEXTS)
  await publish(TRIAL_NOTICE, TRIAL_TEXTS)

  async function publish({ id: notice, version }: { id: string; version: string }, texts: NoticeTexts): Promise<void> {
    for (const [language, { title, text }] of Object.entries(texts)) {
      const named = { notice, version, language }
      const judgement = {
        outcome: 'approved',
        sha256: textDigest(text),
        remark: 'Complete under Art 13, and plain.',
      } as const
      await progress.once(`notice ${notice} ${version} ${language}`, async () => {
        await commands.execute(new DraftNotice(actors.as('compliance'), { ...named, title, text }))
      })
      await progress.once(`judgement ${notice} ${version} ${language}`, async () => {
        await commands.execute(new JudgeNotice(actors.as('qa'), named, judgement))
      })
    }
    await progress.once(`publication ${notice} ${version}`, async () => {
      await commands.execute(new PublishNotice(actors.as('compliance'), { notice, version }))
    })
  }
}
