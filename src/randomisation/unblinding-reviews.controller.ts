import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import { PageDto } from '../platform/http/page.dto.js'
import { ListUnreviewedUnblindings, type UnreviewedPage } from './queries/list-unreviewed-unblindings.js'
import { UNREVIEWED_EXAMPLE } from './randomisation.examples.js'

/** What reviewers of emergencies have before them. */
@ApiTags('randomisation')
@ApiBearerAuth()
@Controller('api/v1/unblindings')
export class UnblindingReviewsController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  @Get()
  @Requires('emergency.read')
  @ApiOperation({ summary: 'Emergency unblindings of every trial that wait for a review, the one due first' })
  @ApiOkResponse({ schema: { example: UNREVIEWED_EXAMPLE } })
  async waiting(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: PageDto): Promise<UnreviewedPage> {
    const { actor } = await this.policies.scopeOf(caller, 'emergency.read')
    const scope = actor === undefined ? {} : { actor }
    return this.queries.execute(new ListUnreviewedUnblindings(scope, limit, cursor))
  }
}
