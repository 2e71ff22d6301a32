import type { CommandBus } from '@nestjs/cqrs'
import { ProposeStartingContent, startingContent } from '../../frameworks/advances/commands/propose-starting-content.js'
import { ReviewAdvance } from '../../frameworks/advances/commands/review-advance.js'
import type { DemoActors } from './demo-actors.js'
import type { SeedingProgress } from './seeding-progress.js'

/** The overview that comes along; what was held against its source is reviewed by somebody else, the rest waits for that. */
export async function seedAdvances(commands: CommandBus, actors: DemoActors, progress: SeedingProgress): Promise<void> {
  await progress.once('advances', async () => {
    await commands.execute(new ProposeStartingContent(actors.as('modeller')))
  })
  for (const { id, lastChecked } of startingContent().filter(({ confidence }) => confidence === 'H')) {
    const review = {
      outcome: 'accepted',
      checkedOn: lastChecked,
      remark: 'A made-up review of evaluation data.',
    } as const
    await progress.once(`review of ${id}`, async () => {
      await commands.execute(new ReviewAdvance(actors.as('qa'), id, review))
    })
  }
}
