import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { SignaturesOn, type ShownSignature } from '../../src/signatures/queries/signatures-on.js'

/** Stands for the signatures where a room is tested without them. */
@QueryHandler(SignaturesOn)
export class NothingSigned implements IQueryHandler<SignaturesOn> {
  async execute(): Promise<ShownSignature[]> {
    return []
  }
}
