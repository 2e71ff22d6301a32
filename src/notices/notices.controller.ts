import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Public } from '../identity/route-policy.js'
import { ListNoticesDto, NoticeTextPathDto } from './notices.dto.js'
import { NOTICE_TEXT_EXAMPLE, PUBLISHED_NOTICES_EXAMPLE } from './notices.examples.js'
import { GetNoticeText, type PublishedNoticeText } from './queries/get-notice-text.js'
import { ListPublishedNotices, type PublishedVersion } from './queries/list-published-notices.js'

/** Published notices, for everybody they may address: nobody has to sign in to read what they are asked (GDPR Art 12(1)). */
@ApiTags('consent notices')
@Controller('api/v1/consent-notices')
@Public()
export class NoticesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'List the published notices of consent',
    description: 'Versions and languages, not the texts.',
  })
  @ApiOkResponse({ schema: { example: PUBLISHED_NOTICES_EXAMPLE } })
  async list(@Query() filter: ListNoticesDto): Promise<{ notices: PublishedVersion[] }> {
    return { notices: await this.queries.execute(new ListPublishedNotices({ ...filter })) }
  }

  @Get(':notice/:version/:language')
  @ApiOperation({ summary: 'Read a published text, of superseded and withdrawn versions too' })
  @ApiOkResponse({ schema: { example: NOTICE_TEXT_EXAMPLE } })
  read(@Param() named: NoticeTextPathDto): Promise<PublishedNoticeText> {
    return this.queries.execute(new GetNoticeText({ ...named }))
  }

  @Get(':notice/:version/:language/text')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The same, byte for byte', description: 'With its digest in `Repr-Digest` (RFC 9530).' })
  @ApiProduces('text/plain')
  async text(@Param() named: NoticeTextPathDto, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { text, sha256, language } = await this.queries.execute(new GetNoticeText({ ...named }))
    response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
    response.setHeader('Content-Language', language)
    return text
  }
}
