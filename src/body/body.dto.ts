/** Requests of the body API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Min } from 'class-validator'
import { RUN_PURPOSES } from '../models/run-purposes.js'
import type { BodyOrder } from './commands/render-body.js'
import { DETACHMENT_REASON_CODES, type DetachmentReason } from './reason-codes.js'

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

export class ReadBodyDto {
  @ApiPropertyOptional({
    enum: RUN_PURPOSES,
    description: 'v3-ActReason; what consent is asked for. Default PATRQT for the person, otherwise HRESCH.',
  })
  @IsOptional()
  @IsIn(RUN_PURPOSES)
  purpose?: BodyOrder['purpose']

  @ApiPropertyOptional({ description: 'Random id of the trial the use belongs to.' })
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ description: 'The twin as it was at this revision; default as it stands.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  revision?: number

  @ApiPropertyOptional({
    example: '2026-06-01',
    description: 'Day to which the currency of measurements is counted; default today.',
  })
  @IsOptional()
  @Matches(DAY)
  day?: string
}

export class AttachMeshDto {
  @ApiProperty({ example: 'UBERON:0000948', description: 'Which organ, by the UBERON anatomy ontology.' })
  @Matches(/^UBERON:\d{7}$/)
  organ!: string
}

export class DetachMeshDto {
  @ApiProperty({ enum: DETACHMENT_REASON_CODES })
  @IsIn(DETACHMENT_REASON_CODES)
  reason!: DetachmentReason
}
