import { Controller, Get, Header, Param, ParseUUIDPipe, Query, UseFilters } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import type { Bundle, DetectedIssue, RiskAssessment } from 'fhir/r4.js'
import type { Caller } from '../../../identity/caller.js'
import { CurrentCaller } from '../../../identity/current-caller.js'
import { Requires } from '../../../identity/route-policy.js'
import type { CommandContext } from '../../../journal/command-context.js'
import { CurrentContext } from '../../../journal/current-context.js'
import { NotFound } from '../../../platform/errors.js'
import { GetRun, type RunView } from '../../../simulations/queries/get-run.js'
import { ListRuns } from '../../../simulations/queries/list-runs.js'
import { SimulationAccess } from '../../../simulations/simulation-access.js'
import { FhirExceptionFilter } from '../fhir-exception.filter.js'
import { FHIR_JSON } from '../send-outcome.js'
import { detectedIssue } from './detected-issue.js'
import { riskAssessment } from './risk-assessment.js'

/** `Patient/<twin>` or the twin’s id alone, as FHIR searches name a reference. */
const PATIENT = /^(?:Patient\/)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

class RunSearch {
  @IsOptional()
  @Matches(PATIENT)
  subject?: string

  @IsOptional()
  @Matches(PATIENT)
  patient?: string

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  _count?: number

  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string
}

/** The resource that tells of a run that ended in this way. */
const RESOURCES = { completed: riskAssessment, refused: detectedIssue } as const
type ToldStatus = keyof typeof RESOURCES

/** Runs in FHIR’s own words: a completed one is a RiskAssessment, a refused one a DetectedIssue. */
@ApiTags('FHIR')
@ApiBearerAuth()
@Controller('fhir/R4')
@UseFilters(FhirExceptionFilter)
export class FhirRunsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: SimulationAccess,
  ) {}

  @Get('RiskAssessment/:run')
  @Requires('simulation.read')
  @Header('Content-Type', FHIR_JSON)
  @ApiProduces(FHIR_JSON)
  @ApiOperation({ summary: 'Read a completed run as a RiskAssessment', description: 'The reading is recorded.' })
  readAssessment(
    @CurrentCaller() caller: Caller,
    @Param('run', ParseUUIDPipe) run: string,
    @CurrentContext() context: CommandContext,
  ): Promise<RiskAssessment | DetectedIssue> {
    return this.read(caller, context, run, 'completed')
  }

  @Get('RiskAssessment')
  @Requires('simulation.read')
  @Header('Content-Type', FHIR_JSON)
  @ApiProduces(FHIR_JSON)
  @ApiOperation({ summary: 'Search completed runs by subject', description: 'The reading is recorded.' })
  searchAssessments(
    @CurrentCaller() caller: Caller,
    @Query() search: RunSearch,
    @CurrentContext() context: CommandContext,
  ): Promise<Bundle> {
    return this.search(caller, context, search, 'completed')
  }

  @Get('DetectedIssue/:run')
  @Requires('simulation.read')
  @Header('Content-Type', FHIR_JSON)
  @ApiProduces(FHIR_JSON)
  @ApiOperation({ summary: 'Read a refused run as a DetectedIssue' })
  readIssue(
    @CurrentCaller() caller: Caller,
    @Param('run', ParseUUIDPipe) run: string,
    @CurrentContext() context: CommandContext,
  ): Promise<RiskAssessment | DetectedIssue> {
    return this.read(caller, context, run, 'refused')
  }

  @Get('DetectedIssue')
  @Requires('simulation.read')
  @Header('Content-Type', FHIR_JSON)
  @ApiProduces(FHIR_JSON)
  @ApiOperation({ summary: 'Search refused runs by patient' })
  searchIssues(
    @CurrentCaller() caller: Caller,
    @Query() search: RunSearch,
    @CurrentContext() context: CommandContext,
  ): Promise<Bundle> {
    return this.search(caller, context, search, 'refused')
  }

  private async read(caller: Caller, context: CommandContext, run: string, status: ToldStatus) {
    await this.access.requireRun(caller, 'simulation.read', run)
    const view = await this.queries.execute(new GetRun(context, run))
    if (view.status !== status) throw new NotFound('run-not-found', 'There is no such run.')
    return RESOURCES[status](view)
  }

  /** Newest first. Each run is opened under the right to that person's record. */
  private async search(
    caller: Caller,
    context: CommandContext,
    wanted: RunSearch,
    status: ToldStatus,
  ): Promise<Bundle> {
    const { subject, patient, _count = 20, cursor } = wanted
    const twin = PATIENT.exec(subject ?? patient ?? '')?.[1]
    if (twin !== undefined) await this.access.requireTwin(caller, twin)
    const scope = await this.access.listScope(caller)
    const page = await this.queries.execute(new ListRuns({ twin, status, scope }, _count, cursor))
    const views: RunView[] = []
    for (const { run } of page.runs) {
      await this.access.requireRun(caller, 'simulation.read', run)
      views.push(await this.queries.execute(new GetRun(context, run)))
    }
    const type = status === 'completed' ? 'RiskAssessment' : 'DetectedIssue'
    const next = new URLSearchParams({
      ...(twin && { subject: twin }),
      _count: String(_count),
      cursor: page.next ?? '',
    })
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      ...(page.next !== undefined && { link: [{ relation: 'next', url: `${type}?${next}` }] }),
      entry: views.map((view) => ({ resource: RESOURCES[status](view), search: { mode: 'match' } })),
    }
  }
}
