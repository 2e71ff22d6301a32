import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { SignatureKeyBook } from '../keys/signature-key-book.js'
import type { SignatureKey } from '../keys/signature-keys.js'

/** Every key that ever stood behind signatures, with its validity: retired and revoked ones verify what they signed in time. */
export class PublishedSignatureKeys extends Query<SignatureKey[]> {}

@QueryHandler(PublishedSignatureKeys)
export class PublishedSignatureKeysHandler implements IQueryHandler<PublishedSignatureKeys> {
  constructor(private readonly book: SignatureKeyBook) {}

  async execute(): Promise<SignatureKey[]> {
    return [...(await this.book.state()).keys.values()]
  }
}
