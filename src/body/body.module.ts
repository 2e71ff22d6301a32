import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { BodyAccess } from './body-access.js'
import { BodyController } from './body.controller.js'
import { RenderBodyHandler } from './commands/render-body.js'

/**
 * Bodies in three dimensions: computed from a twin's measurements. Needs the journal and the policy as global providers, a
 * TypeORM connection, and the twins, consents and simulations modules.
 */
@Module({
  imports: [CqrsModule],
  controllers: [BodyController],
  providers: [BodyAccess, RenderBodyHandler],
})
export class BodyModule {}
