import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import { AccessRecorder } from '../journal/access-recorder.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import type { SigningConfiguration } from '../platform/configuration.js'
import { AttestSigner } from './commands/attest-signer.js'
import { OpenSigning, type SigningRequest } from './commands/open-signing.js'
import { SignRecord, type SignatureReceipt } from './commands/sign-record.js'
import { GetSigner, type SignerView } from './queries/get-signer.js'
import { SignableRecords } from './signable-records.js'
import { SignatureAccess } from './signature-access.js'
import { AttestSignerDto, OpenSigningDto, SignRecordDto } from './signatures.dto.js'
import { SIGNING_CONFIGURATION, stepUpOf, StepUpRequired } from './step-up.js'

/** Making electronic signatures. */
@ApiTags('signatures')
@ApiBearerAuth()
@Controller('api/v1')
@Requires('signature.make')
export class SigningController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: SignatureAccess,
    private readonly records: SignableRecords,
    private readonly refusals: AccessRecorder,
    @Inject(SIGNING_CONFIGURATION) private readonly signing: SigningConfiguration,
  ) {}

  @Get('signers/me')
  @ApiOperation({ summary: 'The caller as signer, and what they declare before the first signature' })
  async me(@CurrentCaller() caller: Caller): Promise<SignerView> {
    await this.access.requireSigner(caller)
    return this.queries.execute(new GetSigner(caller.id))
  }

  @Post('signers/me/attestation')
  @ApiOperation({
    summary: 'Declare that electronic signatures bind the caller, and under which name they are printed',
    description:
      'Needs an access token of a person who has just authenticated with all components; without one, 401 with the RFC 9470 challenge.',
  })
  async attest(
    @CurrentCaller() caller: Caller,
    @Body() { printedName }: AttestSignerDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ signer: string; position: number }> {
    await this.access.requireSigner(caller)
    return this.challenging(context, response, async () => {
      const stepUp = stepUpOf(caller, this.signing)
      const { events } = await this.commands.execute(new AttestSigner(context, { printedName, stepUp }))
      return positioned(response, { signer: caller.id, position: events[0]!.position })
    })
  }

  @Post('signing-requests')
  @ApiOperation({
    summary: 'Say what is about to be signed',
    description:
      'Answers with what the person has to authenticate by, at the issuer: send `acrValues`, `maxAge` and the request’s id as `nonce`. Only an authentication from now on counts, once, for this signing.',
  })
  async open(
    @CurrentCaller() caller: Caller,
    @Body() what: OpenSigningDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SigningRequest> {
    const { header } = await this.records.at(what.stream, what.revision)
    await this.access.require(caller, 'signature.make', header)
    return positioned(response, await this.commands.execute(new OpenSigning(context, what)))
  }

  @Post('signatures')
  @ApiOperation({
    summary: 'Sign what was opened',
    description:
      'With an access token that shows the authentication (`acr`, `auth_time`). 401 `step-up-…` carries the RFC 9470 challenge.',
  })
  async sign(
    @CurrentCaller() caller: Caller,
    @Body() { request }: SignRecordDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignatureReceipt> {
    await this.access.requireSigner(caller)
    const receipt = await this.challenging(context, response, () =>
      this.commands.execute(new SignRecord(context, { request, stepUp: stepUpOf(caller, this.signing) })),
    )
    response.setHeader('Location', `/api/v1/signatures/${receipt.signature}`)
    return positioned(response, receipt)
  }

  /** An authentication that does not do is on record, beside the challenge that tells the client what to get. */
  private async challenging<T>(context: CommandContext, response: Response, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (error instanceof StepUpRequired) {
        response.setHeader('WWW-Authenticate', error.challenge())
        if (error.code !== 'step-up-required')
          await this.refusals.refused(context, { action: 'signature.make', code: error.code })
      }
      throw error
    }
  }
}
