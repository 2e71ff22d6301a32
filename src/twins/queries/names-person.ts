import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { namesPerson } from '../names-person.js'
import { TwinReader } from '../twin-reader.js'

/**
 * Whether a text names whom the twin stands for. Ask it only of what somebody wrote who may see the identity anyway: anybody else
 * could guess at it this way.
 */
export class NamesPerson extends Query<boolean> {
  constructor(
    readonly twin: string,
    readonly text: string,
  ) {
    super()
  }
}

@QueryHandler(NamesPerson)
export class NamesPersonHandler implements IQueryHandler<NamesPerson> {
  constructor(private readonly reader: TwinReader) {}

  /** @throws NotFound `twin-not-found` */
  async execute({ twin, text }: NamesPerson): Promise<boolean> {
    return namesPerson(await this.reader.existing(twin), text)
  }
}
