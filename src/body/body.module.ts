import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import { SERVICE_POOL } from '../journal/journal.tokens.js'
import { SealedFiles } from '../vault/sealed-files.js'
import { Vault } from '../vault/vault.js'
import { BodyAccess } from './body-access.js'
import { BodyController } from './body.controller.js'
import { AttachMeshHandler } from './commands/attach-mesh.js'
import { DeleteStrayFilesHandler } from './commands/delete-stray-files.js'
import { DetachMeshHandler } from './commands/detach-mesh.js'
import { RenderBodyHandler } from './commands/render-body.js'
import { MeshesController } from './meshes.controller.js'
import { GetMeshHandler } from './queries/get-mesh.js'
import { ListMeshesHandler } from './queries/list-meshes.js'
import { ShapeThread } from './thread/shape-thread.js'

/**
 * Bodies in three dimensions: computed from a twin's measurements, or attached to it as meshes. Needs the journal, the vault
 * and the policy as global providers, a TypeORM connection, and the twins, consents and simulations modules.
 */
@Module({
  imports: [CqrsModule],
  controllers: [BodyController, MeshesController],
  providers: [
    BodyAccess,
    {
      provide: SealedFiles,
      inject: [SERVICE_POOL, Vault],
      useFactory: (pool: Pool, vault: Vault) => new SealedFiles(pool, vault),
    },
    { provide: ShapeThread, useFactory: () => new ShapeThread() },
    RenderBodyHandler,
    AttachMeshHandler,
    DetachMeshHandler,
    DeleteStrayFilesHandler,
    ListMeshesHandler,
    GetMeshHandler,
  ],
})
export class BodyModule implements OnApplicationShutdown {
  constructor(@Inject(ShapeThread) private readonly shapes: ShapeThread) {}

  onApplicationShutdown(): Promise<void> {
    return this.shapes.close()
  }
}
