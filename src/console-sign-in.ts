/** What a browser has to know before anybody is signed in: at which issuer, and as which client. */
import { Controller, type DynamicModule, Get, Inject, Module } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { ConsoleClient } from './platform/configuration.js'
import { NotFound } from './platform/errors.js'
import { Public } from './platform/http/public-route.js'

/** Nothing in it is secret: a public client has no secret (RFC 8252 §8.5), and the issuer's metadata are public. */
export interface ConsoleSignIn extends ConsoleClient {
  /** Issuer identifier, as in `iss`. */
  issuer: string
  /** URL of the issuer's metadata (OpenID Connect Discovery 1.0 §4). */
  metadata: string
}

const CONSOLE_SIGN_IN = Symbol('twin-ledger:console-sign-in')

const EXAMPLE: Omit<ConsoleSignIn, 'resource'> = {
  issuer: 'https://id.example.org/realms/research',
  metadata: 'https://id.example.org/realms/research/.well-known/openid-configuration',
  clientId: 'twin-ledger-console',
  scope: 'openid offline_access',
}

@ApiTags('identity')
@Controller('api/v1/sign-in')
export class ConsoleSignInController {
  constructor(@Inject(CONSOLE_SIGN_IN) private readonly signIn: ConsoleSignIn | undefined) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'Where the console signs people in',
    description:
      'The authorization code flow with PKCE against this issuer gives the access tokens that the API takes.',
  })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  describe(): ConsoleSignIn {
    if (this.signIn === undefined)
      throw new NotFound(
        'console-sign-in-closed',
        'Nobody signs in to the console here: no client is configured for it.',
      )
    return this.signIn
  }
}

@Module({})
export class ConsoleSignInModule {
  static register(signIn: ConsoleSignIn | undefined): DynamicModule {
    return {
      module: ConsoleSignInModule,
      controllers: [ConsoleSignInController],
      providers: [{ provide: CONSOLE_SIGN_IN, useValue: signIn }],
    }
  }
}
