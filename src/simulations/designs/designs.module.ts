import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { SimulationsModule } from '../simulations.module.js'
import { ComputeDesignHandler } from './commands/compute-design.js'
import { ReplayDesignHandler } from './commands/replay-design.js'
import { DesignReader } from './design-reader.js'
import { DesignRow } from './design.row.js'
import { DesignsController } from './designs.controller.js'
import { GetDesignHandler } from './queries/get-design.js'
import { ListDesignsHandler } from './queries/list-designs.js'

/** Designs. Needs the journal and the policy as global providers, and the runner of the simulations module. */
@Module({
  imports: [CqrsModule, SimulationsModule, TypeOrmModule.forFeature([DesignRow])],
  controllers: [DesignsController],
  providers: [DesignReader, ComputeDesignHandler, ReplayDesignHandler, GetDesignHandler, ListDesignsHandler],
})
export class DesignsModule {}
