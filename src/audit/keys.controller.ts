import { Controller, Get, Header } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QueryBus } from '@nestjs/cqrs'
import type { JWK } from 'jose'
import { Public } from '../identity/route-policy.js'
import { PublishedSignatureKeys } from '../signatures/queries/published-signature-keys.js'
import type { KeyValidity } from '../signatures/keys/signature-keys.js'
import { ExportSigner } from './export/export-signer.js'

@ApiTags('audit')
@Controller('api/v1/keys')
export class KeysController {
  constructor(
    private readonly signer: ExportSigner,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Public()
  @Header('Content-Type', 'application/jwk-set+json')
  @ApiOperation({
    summary: 'The public keys that verify signed exports and electronic signatures (RFC 7517 JWK set)',
    description:
      'Keys behind electronic signatures have a member `validity`: what lies in the log before `revokedFromPosition` and was recorded up to `retiredAt` stays good for ever.',
  })
  @ApiOkResponse({
    schema: {
      example: {
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
            kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
            alg: 'EdDSA',
            use: 'sig',
          },
        ],
      },
    },
  })
  async keys(): Promise<{ keys: (JWK & { validity?: KeyValidity })[] }> {
    const { keys } = await this.signer.keySet()
    const signatures = await this.queries.execute(new PublishedSignatureKeys())
    return { keys: [...keys, ...signatures.map((key) => ({ ...key, alg: 'EdDSA', use: 'sig' }))] }
  }
}
