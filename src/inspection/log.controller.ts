/** The transparency log over HTTP, C2SP tlog-tiles under `/log`: checkpoint, tiles and key are public, entries are not. */
import { Controller, Get, Header, Inject, Param, Req, Res } from '@nestjs/common'
import { ApiExcludeEndpoint, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Request, Response } from 'express'
import { Public, Requires } from '../identity/route-policy.js'
import type { LogSource } from '../ledger/log/log-source.js'
import { TILE_WIDTH, parseTilePath } from '../ledger/log/tile-path.js'
import { NotFound } from '../platform/errors.js'
import { CosignedCheckpoints } from '../witnesses/cosigned-checkpoints.js'
import { InclusionProofs } from './inclusion-proofs.js'
import { LOG_SOURCE, LOG_VKEY } from './inspection.tokens.js'

/** A finished tile never changes; a partial one is replaced by a wider one soon. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const SHORTLY = 'public, max-age=10'

@ApiTags('log')
@Controller('log')
export class LogController {
  constructor(
    @Inject(LOG_SOURCE) private readonly source: LogSource,
    @Inject(LOG_VKEY) private readonly vkey: string,
    private readonly proofs: InclusionProofs,
    private readonly cosigned: CosignedCheckpoints,
  ) {}

  @Get('checkpoint')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({
    summary: 'The signed checkpoint over the newest tree (C2SP tlog-checkpoint), with the cosignatures there are of it',
  })
  @ApiProduces('text/plain')
  async checkpoint(): Promise<string> {
    return this.cosigned.annotated(await this.source.checkpoint())
  }

  @Get('cosigned-checkpoint')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({ summary: 'The largest checkpoint that enough witnesses cosigned, with their cosignatures' })
  @ApiProduces('text/plain')
  async cosignedCheckpoint(): Promise<string> {
    const newest = await this.cosigned.newest()
    if (newest) return newest.signed
    throw new NotFound('checkpoint-not-cosigned', 'Not enough witnesses have cosigned a checkpoint of this log.')
  }

  @Get('witness-policy')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: 'The witnesses of this log and their quorum (C2SP tlog-policy); whom you trust, decide for yourself',
  })
  @ApiProduces('text/plain')
  witnessPolicy(): string {
    const policy = this.cosigned.policyFile()
    if (policy !== null) return policy
    throw new NotFound('witnesses-not-configured', 'This log has no witnesses.')
  }

  @Get('vkey')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The verifier key; pin it out of band' })
  @ApiProduces('text/plain')
  verifierKey(): string {
    return `${this.vkey}\n`
  }

  @Get('tile/entries/*path')
  @Requires('log.read-entries')
  @ApiExcludeEndpoint()
  async entries(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { index, width } = parseTilePath(resourcePath(request))
    send(response, await this.source.entries(index, width), 'private, max-age=10')
  }

  @Get('tile/:level/*path')
  @Public()
  @ApiExcludeEndpoint()
  async tile(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { level, index, width } = parseTilePath(resourcePath(request))
    send(response, await this.source.tile(level as number, index, width), width === TILE_WIDTH ? FOR_EVER : SHORTLY)
  }

  @Get('proof/:position')
  @Requires('log.read-entries')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: 'A .tlog-proof file: evidence, verifiable offline, that the event at this position is in the log',
  })
  @ApiProduces('text/plain')
  proof(@Param('position') position: string): Promise<string> {
    return this.proofs.fileFor(position)
  }
}

/** The path below `/log`, exactly as it was asked for: no second spelling of a tile is served. */
function resourcePath(request: Request): string {
  return request.path.replace(/^\/log\//, '')
}

function send(response: Response, bytes: Buffer, caching: string): void {
  response.set({ 'Content-Type': 'application/octet-stream', 'Cache-Control': caching }).send(bytes)
}
