import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min, MinLength } from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import {
  TICKET_DECLINING_REASONS,
  TICKET_REASONS,
  TICKET_REVOCATION_REASONS,
  type TicketDecliningReason,
  type TicketReason,
  type TicketRevocationReason,
} from '../reason-codes.js'
import { TICKET_STATUSES, type TicketStatus } from './ticket-status.js'

const PLAIN_TEXT = /^[^\p{Cc}]+$/u
const LONGEST_HOURS = 72

export class RequestTicketDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  twin!: string

  @ApiProperty({ minimum: 1, maximum: LONGEST_HOURS, example: 8, description: 'How long it opens, once approved.' })
  @IsInt()
  @Min(1)
  @Max(LONGEST_HOURS)
  hours!: number

  @ApiProperty({ enum: TICKET_REASONS })
  @IsIn(TICKET_REASONS)
  reason!: TicketReason

  @ApiProperty({ example: 'Two records of one hospital number; which is the right person?', description: 'Sealed.' })
  @MinLength(10)
  @MaxLength(2000)
  @Matches(PLAIN_TEXT)
  explanation!: string
}

export class DeclineTicketDto {
  @ApiProperty({ enum: TICKET_DECLINING_REASONS })
  @IsIn(TICKET_DECLINING_REASONS)
  reason!: TicketDecliningReason
}

export class RevokeTicketDto {
  @ApiProperty({ enum: TICKET_REVOCATION_REASONS })
  @IsIn(TICKET_REVOCATION_REASONS)
  reason!: TicketRevocationReason
}

export class ListTicketsDto extends PageDto {
  @ApiPropertyOptional({ enum: TICKET_STATUSES })
  @IsOptional()
  @IsIn(TICKET_STATUSES)
  status?: TicketStatus
}
