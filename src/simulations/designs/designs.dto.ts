/** Requests of the designs API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsIn, IsObject, IsOptional, IsUUID, Matches } from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import type { DesignOrder } from './commands/compute-design.js'

const MODEL = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)*$/

export class ComputeDesignDto {
  @ApiProperty({ example: 'trial.sample-size' })
  @Matches(MODEL)
  model!: string

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { kind: 'two means t-test', delta: 3, sd: 10, power: 0.9 },
    description:
      'The inputs of the model, by name. They are recorded in the clear: nothing about a person belongs here.',
  })
  @IsObject()
  parameters!: DesignOrder['parameters']

  @ApiPropertyOptional({
    description: 'Needed where rows of participants are analysed: none of them is a real person.',
  })
  @IsOptional()
  @IsBoolean()
  simulatedParticipants?: boolean

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The trial that is being designed, one of the caller. One computed after its unblinding is marked so.',
  })
  @IsOptional()
  @IsUUID()
  trial?: string
}

export class ListDesignsDto extends PageDto {
  @ApiPropertyOptional({ example: 'trial.sample-size' })
  @IsOptional()
  @Matches(MODEL)
  model?: string

  @ApiPropertyOptional({ enum: ['computed', 'refused', 'failed'] })
  @IsOptional()
  @IsIn(['computed', 'refused', 'failed'])
  status?: 'computed' | 'refused' | 'failed'
}
