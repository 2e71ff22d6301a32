import {
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Post,
  Req,
  Res,
  UnsupportedMediaTypeException,
  UseFilters,
} from '@nestjs/common'
import { ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Request, Response } from 'express'
import type { Bundle, CapabilityStatement } from 'fhir/r4.js'
import { type Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Public, Requires } from '../../identity/route-policy.js'
import type { Custody } from '../../twins/events.js'
import { currentCorrelation } from '../../platform/request-context.js'
import { capabilityStatement } from './capability-statement.js'
import { JSON_TYPES } from './fhir-body.js'
import { FhirExceptionFilter } from './fhir-exception.filter.js'
import { FHIR_OPTIONS, type FhirOptions } from './fhir.options.js'
import { IngestBundle } from './ingest-bundle.js'
import { DEFAULT_LIMITS, parseJsonBody } from './json-guard.js'
import { FHIR_JSON } from './send-outcome.js'

@ApiTags('FHIR')
@Controller('fhir/R4')
@UseFilters(FhirExceptionFilter)
export class FhirController {
  private readonly capabilities: CapabilityStatement

  constructor(
    private readonly ingest: IngestBundle,
    private readonly policies: PolicyService,
    @Inject(FHIR_OPTIONS) options: FhirOptions,
  ) {
    const { publicUrl, version, maxBytes } = options
    const started = new Date().toISOString()
    this.capabilities = capabilityStatement(publicUrl, version, started, { ...DEFAULT_LIMITS, maxBytes })
  }

  /** The share of a caller who works for one site is taken as that site's. */
  @Post()
  @HttpCode(200)
  @Requires('fhir.ingest')
  @Header('Content-Type', FHIR_JSON)
  @ApiConsumes('application/fhir+json', 'application/json')
  @ApiProduces(FHIR_JSON)
  @ApiOperation({
    summary: 'Record a transaction or batch bundle',
    description: 'Answers each entry with its status, location and an OperationOutcome. Safe to send again.',
  })
  async record(
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Headers('x-source-system') source?: string,
  ): Promise<Bundle> {
    await this.policies.require(caller, 'fhir.ingest', { site: caller.site })
    const document = documentOf(request)
    const { id, role, org } = caller
    const context = { actor: { id, role, ...(org !== undefined && { org }) }, correlation: currentCorrelation() }
    const { response: answer, position } = await this.ingest.execute(context, document, {
      source,
      custody: custodyOf(caller),
      caller,
    })
    if (position !== undefined) response.setHeader('Ledger-Position', String(position + 1))
    return answer
  }

  @Get('metadata')
  @Public()
  @Header('Content-Type', FHIR_JSON)
  @ApiProduces(FHIR_JSON)
  @ApiOperation({ summary: 'The FHIR CapabilityStatement of this service' })
  metadata(): CapabilityStatement {
    return this.capabilities
  }
}

/** Persons who are new belong to the caller's site; undefined for callers who work for none, which leaves it to the organisation. */
function custodyOf({ org, site }: Caller): Custody | undefined {
  return site === undefined ? undefined : { controller: org ?? site, owner: site }
}

/**
 * The body as JSON, whether `fhirBody` left its bytes or the application's own parser was first.
 *
 * @throws UnsupportedMediaTypeException when the body was not declared as JSON, so that nobody read it
 */
function documentOf(request: Request): unknown {
  const body: unknown = request.body
  if (body instanceof Uint8Array) return parseJsonBody(body)
  if (body !== undefined) return body
  if (request.is(JSON_TYPES) === null) return parseJsonBody(new Uint8Array())
  throw new UnsupportedMediaTypeException()
}
