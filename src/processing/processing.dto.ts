import { ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator'

const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/

export class OutdatedNoticesDto {
  @ApiPropertyOptional({ example: 'twin-research', description: 'Id of the notice; without, all of them.' })
  @ValidateIf(({ notice, version }: OutdatedNoticesDto) => notice !== undefined || version !== undefined)
  @Matches(CODE)
  notice?: string

  @ApiPropertyOptional({ example: '2.2', description: 'The version to compare with; without, the one in force.' })
  @IsOptional()
  @Matches(CODE)
  version?: string

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number

  @ApiPropertyOptional({ description: '`position` of the last one seen.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number
}
