/** The keys that wrap the keys of persons, for those who keep them: ids and counts, no key material and no values. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import type { RewrappedBatch } from '../vault/rewrapping.js'
import { RetireKeyEncryptionKey, type Retirement } from './commands/retire-key-encryption-key.js'
import { RewrapKeys } from './commands/rewrap-keys.js'
import { RotateKeyEncryptionKey, type Rotation } from './commands/rotate-key-encryption-key.js'
import { RetireKeyDto, RewrapKeysDto } from './custody.dto.js'
import { KEYS_EXAMPLE, REWRAPPED_EXAMPLE, ROTATION_EXAMPLE } from './custody.examples.js'
import { ListKeyEncryptionKeys, type ListedKeyEncryptionKey } from './queries/list-key-encryption-keys.js'

@ApiTags('keys')
@ApiBearerAuth()
@Controller('api/v1/key-encryption-keys')
export class CustodyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('key.read')
  @ApiOperation({ summary: 'Every key-encryption key ever used, and how many keys it wraps' })
  @ApiOkResponse({ schema: { example: KEYS_EXAMPLE } })
  list(): Promise<ListedKeyEncryptionKey[]> {
    return this.queries.execute(new ListKeyEncryptionKeys())
  }

  @Post('rotations')
  @HttpCode(200)
  @Requires('key.manage')
  @ApiOperation({ summary: 'Add a version that wraps from now on; earlier ones still open' })
  @ApiOkResponse({ schema: { example: ROTATION_EXAMPLE } })
  rotate(@CurrentContext() context: CommandContext): Promise<Rotation> {
    return this.commands.execute(new RotateKeyEncryptionKey(context))
  }

  @Post('rewrapping')
  @HttpCode(200)
  @Requires('key.manage')
  @ApiOperation({
    summary: 'Wrap the next keys anew by the key-encryption key that wraps now',
    description: 'One batch. Repeat it with `next` until that is null; to stop in between loses nothing.',
  })
  @ApiOkResponse({ schema: { example: REWRAPPED_EXAMPLE } })
  rewrap(@CurrentContext() context: CommandContext, @Body() { limit, after }: RewrapKeysDto): Promise<RewrappedBatch> {
    return this.commands.execute(new RewrapKeys(context, limit, after))
  }

  @Post('retirements')
  @HttpCode(200)
  @Requires('key.manage')
  @ApiOperation({ summary: 'Let go of a key-encryption key that wraps nothing any more' })
  retire(@CurrentContext() context: CommandContext, @Body() { key }: RetireKeyDto): Promise<Retirement> {
    return this.commands.execute(new RetireKeyEncryptionKey(context, key))
  }
}
