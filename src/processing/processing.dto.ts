import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator'

const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/

export class OutdatedNoticesDto {
  @ApiProperty({ example: 'twin-research', description: 'Id of the notice.' })
  @Matches(CODE)
  notice!: string

  @ApiProperty({ example: '2.2', description: 'The version that is valid now.' })
  @Matches(CODE)
  version!: string

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
