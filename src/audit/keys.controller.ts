import { Controller, Get, Header } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { JWK } from 'jose'
import { Public } from '../identity/route-policy.js'
import { ExportSigner } from './export/export-signer.js'

@ApiTags('audit')
@Controller('api/v1/keys')
export class KeysController {
  constructor(private readonly signer: ExportSigner) {}

  @Get()
  @Public()
  @Header('Content-Type', 'application/jwk-set+json')
  @ApiOperation({ summary: 'The public keys that verify signed exports (RFC 7517 JWK set)' })
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
  keys(): Promise<{ keys: JWK[] }> {
    return this.signer.keySet()
  }
}
