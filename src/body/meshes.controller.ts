import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Request, Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { InvalidRequest } from '../platform/errors.js'
import { BodyAccess } from './body-access.js'
import { AttachMeshDto, DetachMeshDto } from './body.dto.js'
import { AttachMesh, type AttachmentAnswer } from './commands/attach-mesh.js'
import { DetachMesh } from './commands/detach-mesh.js'
import { glbAnswer, GLB_MEDIA_TYPE } from './glb-answer.js'
import { GetMesh } from './queries/get-mesh.js'
import { ListMeshes, type MeshRecord } from './queries/list-meshes.js'

/** Organ meshes from outside, attached to a twin. */
@ApiTags('body')
@ApiBearerAuth()
@Controller('api/v1/twins/:twin/meshes')
export class MeshesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: BodyAccess,
  ) {}

  @Post()
  @Requires('mesh.attach')
  @ApiConsumes(GLB_MEDIA_TYPE)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({
    summary: 'Attach an organ mesh, as binary glTF 2.0',
    description:
      'Triangles only, self-contained, without extensions beyond materials; 422 `mesh-refused` names every fault. The file is sealed; the log commits to its digest. What is unusual and not refused comes as `findings`.',
  })
  async attach(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Query() { organ }: AttachMeshDto,
    @Req() request: Request,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AttachmentAnswer> {
    const owner = await this.access.require(caller, 'mesh.attach', twin)
    const file: unknown = request.body
    if (!Buffer.isBuffer(file))
      throw new InvalidRequest('mesh-missing', `Send the mesh as the body, of type ${GLB_MEDIA_TYPE}.`)
    const answer = await this.commands.execute(new AttachMesh(context, { twin, owner, organ, file }))
    response.setHeader('Location', `/api/v1/twins/${twin}/meshes/${answer.mesh}`)
    response.setHeader(LEDGER_POSITION, String(answer.position + 1))
    return answer
  }

  @Get()
  @Requires('mesh.read')
  @ApiOperation({ summary: 'List the meshes of a twin', description: 'The reading is recorded.' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @CurrentContext() context: CommandContext,
  ): Promise<MeshRecord[]> {
    const { subject } = await this.access.require(caller, 'mesh.read', twin)
    return this.queries.execute(new ListMeshes(context, { twin, subject }))
  }

  @Get(':mesh')
  @Requires('mesh.read')
  @ApiProduces(GLB_MEDIA_TYPE)
  @ApiOperation({
    summary: 'Read the file of a mesh',
    description: 'Held against its digest; the reading is recorded.',
  })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Param('mesh', ParseUUIDPipe) mesh: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { subject } = await this.access.require(caller, 'mesh.read', twin)
    const file = await this.queries.execute(new GetMesh(context, { twin, subject, mesh }))
    return glbAnswer(response, file, 'mesh.glb')
  }

  @Post(':mesh/detachment')
  @HttpCode(200)
  @Requires('mesh.attach')
  @ApiOperation({ summary: 'Detach a mesh and delete its file', description: 'That there was one stays on record.' })
  async detach(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Param('mesh', ParseUUIDPipe) mesh: string,
    @Body() { reason }: DetachMeshDto,
    @CurrentContext() context: CommandContext,
  ): Promise<{ position: number }> {
    const { subject } = await this.access.require(caller, 'mesh.attach', twin)
    return this.commands.execute(new DetachMesh(context, { twin, subject, mesh, reason }))
  }
}
