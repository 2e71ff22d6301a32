import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsOptional, Matches, ValidateIf } from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'

const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/

export class OutdatedNoticesDto extends PageDto {
  @ApiPropertyOptional({ example: 'twin-research', description: 'Id of the notice; without, all of them.' })
  @ValidateIf(({ notice, version }: OutdatedNoticesDto) => notice !== undefined || version !== undefined)
  @Matches(CODE)
  notice?: string

  @ApiPropertyOptional({ example: '2.2', description: 'The version to compare with; without, the one in force.' })
  @IsOptional()
  @Matches(CODE)
  version?: string
}
