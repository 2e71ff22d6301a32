import { Controller, Get, Param, ParseUUIDPipe, Query, Res, StreamableFile } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import { isVeiled } from '../identity/policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { etagOf } from '../journal/if-match.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { BodyAccess } from './body-access.js'
import { ReadBodyDto } from './body.dto.js'
import { RenderBody } from './commands/render-body.js'
import type { BodyKind } from './events.js'
import { glbAnswer, GLB_MEDIA_TYPE } from './glb-answer.js'

const DESCRIPTION =
  'Binary glTF 2.0, in metres; `asset.extras` says from which measurements and by which models. The person’s consent to the models is asked first, unless the person asks. 403 `consent-missing` and 422 `inputs-refused` name every reason, and stay on record.'

/** A person's body in three dimensions, computed from what is recorded. */
@ApiTags('body')
@ApiBearerAuth()
@Controller('api/v1/twins/:twin/body')
export class BodyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly access: BodyAccess,
  ) {}

  @Get('left-ventricle.glb')
  @Requires('body.read')
  @ApiOperation({ summary: 'The beating left ventricle, in the 17 segments of the AHA', description: DESCRIPTION })
  @ApiProduces(GLB_MEDIA_TYPE)
  leftVentricle(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Query() asked: ReadBodyDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.render('left-ventricle', { caller, twin, asked, context, response })
  }

  @Get('body.glb')
  @Requires('body.read')
  @ApiOperation({ summary: 'The organs, scaled to the person, with the left ventricle', description: DESCRIPTION })
  @ApiProduces(GLB_MEDIA_TYPE)
  body(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Query() asked: ReadBodyDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.render('body', { caller, twin, asked, context, response })
  }

  private async render(kind: BodyKind, { caller, twin, asked, context, response }: Asking): Promise<StreamableFile> {
    const { revision: twinRevision, day } = asked
    const { trial, purpose } = await this.access.require(caller, 'body.read', twin, asked)
    // The policy lets a participant reach the own record alone.
    const ownBody = caller.role === 'participant'
    const named = !isVeiled(caller.role)
    const rendered = await this.commands.execute(
      new RenderBody(context, { kind, twin, twinRevision, ownBody, named, purpose, trial, day }),
    )
    if (!named) return glbAnswer(response, rendered, `${kind}.glb`)
    response.setHeader('ETag', etagOf(rendered.twinRevision))
    response.setHeader(LEDGER_POSITION, String(rendered.position + 1))
    return glbAnswer(response, rendered, `${kind}-revision-${rendered.twinRevision}.glb`)
  }
}

interface Asking {
  caller: Caller
  twin: string
  asked: ReadBodyDto
  context: CommandContext
  response: Response
}
