import { Controller, Get, Header, Param, ParseUUIDPipe, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { InvalidRequest } from '../platform/errors.js'
import { certificate } from './certificate.js'
import { GetSignature, type SignatureView } from './queries/get-signature.js'
import { ListSignatures, type SignaturePage } from './queries/list-signatures.js'
import { SignableRecords } from './signable-records.js'
import { SignatureAccess } from './signature-access.js'
import { ListSignaturesDto } from './signatures.dto.js'
import { SIGNATURE_EXAMPLE } from './signatures.examples.js'

/** Reading electronic signatures. None is ever changed or removed. */
@ApiTags('signatures')
@ApiBearerAuth()
@Controller('api/v1/signatures')
@Requires('signature.read')
export class SignaturesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: SignatureAccess,
    private readonly records: SignableRecords,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The signatures on a record, or those of a signer', description: 'Newest first.' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListSignaturesDto,
    @CurrentContext() context: CommandContext,
  ): Promise<SignaturePage> {
    const { stream, revision, signer } = filter
    if (stream !== undefined) {
      const { header } = await this.records.at(stream, revision ?? 0)
      await this.access.require(caller, 'signature.read', header)
    } else if (signer !== undefined) await this.access.requireSignaturesOf(caller, signer)
    else {
      await this.access.requireSignaturesOf(caller, caller.id)
      throw new InvalidRequest(
        'signatures-of-whom',
        'Say of which record, by `stream`, or of which person, by `signer`.',
      )
    }
    return this.queries.execute(new ListSignatures(context, filter, limit, cursor))
  }

  @Get(':signature')
  @ApiOperation({
    summary: 'Read a signature with the evidence for it',
    description: 'The JWS, the log’s entries of record and signature, and a .tlog-proof for each: verifiable offline.',
  })
  @ApiOkResponse({ schema: { example: SIGNATURE_EXAMPLE } })
  read(
    @CurrentCaller() caller: Caller,
    @Param('signature', ParseUUIDPipe) signature: string,
    @CurrentContext() context: CommandContext,
  ): Promise<SignatureView> {
    return this.queries.execute(new GetSignature(context, caller, signature))
  }

  @Get(':signature/certificate')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/html')
  @ApiOperation({ summary: 'A signature to print: name, time, meaning, what it is bound to and whether it holds' })
  async certificate(
    @CurrentCaller() caller: Caller,
    @Param('signature', ParseUUIDPipe) signature: string,
    @CurrentContext() context: CommandContext,
  ): Promise<string> {
    return certificate(await this.queries.execute(new GetSignature(context, caller, signature)))
  }
}
