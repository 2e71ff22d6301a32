import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { SignatureKeyBook } from './keys/signature-key-book.js'
import { RevokeSignatureKeyDto } from './signatures.dto.js'

/** The keys behind signatures, for those who run the service. The public halves are at `/api/v1/keys`. */
@ApiTags('signatures')
@ApiBearerAuth()
@Controller('api/v1/signature-keys')
@Requires('signature.manage-keys')
export class SignatureKeysController {
  constructor(private readonly book: SignatureKeyBook) {}

  @Post('rotations')
  @ApiOperation({ summary: 'Sign with a new key from now on; what earlier keys signed stays good' })
  async rotate(@CurrentContext() context: CommandContext): Promise<{ kid: string; position: number }> {
    const { kid, receipt } = await this.book.rotate(context)
    return { kid, position: receipt.events.at(-1)!.position }
  }

  @Post(':kid/revocation')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Trust nothing a key signs from a position of the log on; what it signed before stays good',
  })
  async revoke(
    @Param('kid') kid: string,
    @Body() revocation: RevokeSignatureKeyDto,
    @CurrentContext() context: CommandContext,
  ): Promise<{ kid: string; position: number }> {
    const { events } = await this.book.revoke(context, { kid, ...revocation })
    return { kid, position: events.at(-1)!.position }
  }
}
