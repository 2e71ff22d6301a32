import { Module } from '@nestjs/common'
import { FeedLease } from './feed-lease.js'
import { WitnessFeed } from './witness-feed.js'
import { WitnessRecord } from './witness-record.js'
import { WitnessWatch } from './witness-watch.js'
import { WitnessesModule } from './witnesses.module.js'

/** Asks the witnesses; for a process that serves requests. */
@Module({ imports: [WitnessesModule], providers: [FeedLease, WitnessRecord, WitnessFeed, WitnessWatch] })
export class WitnessFeedModule {}
