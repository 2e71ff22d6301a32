import { type Cipher, createCipheriv, createDecipheriv, type Decipher } from 'node:crypto'
import type { DerivedSecrets } from './derived-secrets.js'

interface BlockCiphers {
  encrypt: Cipher
  decrypt: Decipher
}

/** Both directions of AES-256 on one block; without padding each `update` of 16 bytes answers 16 bytes. */
function blockCiphers(key: Buffer): BlockCiphers {
  return {
    encrypt: createCipheriv('aes-256-ecb', key, null).setAutoPadding(false),
    decrypt: createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false),
  }
}

/**
 * One random id, under another name in each context. A pseudonym is the id encrypted as a single AES block under a key of the
 * context, encrypted again until it has the form of a UUIDv4 once more (cycle walking: Black and Rogaway, CT-RSA 2002, §4), so
 * it is a permutation of the UUIDv4s: no two ids meet, no table is kept, and the service can go back where it knows the context.
 * Without the derivation secret, names of one id in two contexts are as unlike as those of two ids.
 */
export class ContextPseudonyms {
  private readonly ciphers = new Map<string, BlockCiphers>()

  constructor(private readonly secrets: Pick<DerivedSecrets, 'digest'>) {}

  /** @param id a UUIDv4; any other text is answered as it is, because it is no random id of a person's record */
  hide(context: string, id: string): string {
    const { encrypt } = this.of(context)
    return walk(id, (block) => encrypt.update(block))
  }

  /** The id behind a pseudonym of that context. What is no pseudonym of it gives an id that nobody has. */
  reveal(context: string, pseudonym: string): string {
    const { decrypt } = this.of(context)
    return walk(pseudonym, (block) => decrypt.update(block))
  }

  private of(context: string): BlockCiphers {
    let found = this.ciphers.get(context)
    if (!found) this.ciphers.set(context, (found = blockCiphers(this.secrets.digest('pseudonym', context))))
    return found
  }
}

function walk(id: string, step: (block: Buffer) => Buffer): string {
  let block: Buffer = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (!isUuidV4(block)) return id
  do block = step(block)
  while (!isUuidV4(block))
  const hex = block.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** RFC 9562 §5.4: version 4 in byte 6, variant 10 in byte 8. */
function isUuidV4(bytes: Buffer): boolean {
  return bytes.length === 16 && bytes[6]! >> 4 === 4 && bytes[8]! >> 6 === 2
}
