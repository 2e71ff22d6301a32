/** Requests of the overview of advances. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsRFC3339,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator'
import { ADVANCE_STATUSES, type AdvanceStatus } from './advance.js'
import { ADVANCE_AREAS, type AdvanceArea } from './areas.js'
import { CONFIDENCES, type AdvanceEntry, type AdvanceReview, type AdvanceSource, type Confidence } from './events.js'

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MODEL = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)*$/
const PLAIN_TEXT = /^[^\p{Cc}]+$/u
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DOI = /^10\.\d{4,9}\/\S{1,200}$/

/** Path parameter. */
export class AdvancePathDto {
  @ApiProperty({ example: 'prevent-equations-2023' })
  @Matches(ID)
  @MaxLength(100)
  id!: string
}

export class AdvanceSourceDto implements AdvanceSource {
  @ApiProperty({ example: 'Khan et al., Circulation 2024;149:430' })
  @Matches(PLAIN_TEXT)
  @MaxLength(500)
  citation!: string

  @ApiPropertyOptional({ example: '10.1161/CIRCULATIONAHA.123.067626' })
  @IsOptional()
  @Matches(DOI)
  doi?: string

  @ApiPropertyOptional({ example: 'https://pubmed.ncbi.nlm.nih.gov/37947085/' })
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(500)
  url?: string
}

export class ProposeAdvanceDto extends AdvancePathDto implements AdvanceEntry {
  @ApiProperty({ example: 'PREVENT: risk equations with kidney function and without race' })
  @Matches(PLAIN_TEXT)
  @MaxLength(300)
  title!: string

  @ApiProperty({ enum: ADVANCE_AREAS, example: 'heart' })
  @IsIn(ADVANCE_AREAS)
  area!: AdvanceArea

  @ApiProperty({ example: 'Sex-specific regression with competing risk, derived in 25 data sets.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(2000)
  method!: string

  @ApiProperty({ type: AdvanceSourceDto })
  @ValidateNested()
  @Type(() => AdvanceSourceDto)
  source!: AdvanceSourceDto

  @ApiProperty({ example: '2023-11', description: 'A year, a month or a day.' })
  @Matches(DATE)
  published!: string

  @ApiProperty({ example: 'Adds heart failure and a 30-year horizon to what a twin can be asked.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(2000)
  changes!: string

  @ApiProperty({ example: ['SCORE2', 'QRISK3'] })
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(PLAIN_TEXT, { each: true })
  @MaxLength(300, { each: true })
  alternatives!: string[]

  @ApiProperty({ example: ['cvd.prevent-2023'], description: 'Ids of models of this service.' })
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(MODEL, { each: true })
  models!: string[]

  @ApiProperty({
    enum: CONFIDENCES,
    example: 'H',
    description: 'H: held against the source, its abstract at least. M: at second hand. L: from memory.',
  })
  @IsIn(CONFIDENCES)
  confidence!: Confidence

  @ApiProperty({ example: '2026-11-22' })
  @Matches(DAY)
  lastChecked!: string
}

export class ReviewAdvanceDto implements AdvanceReview {
  @ApiProperty({ enum: ['accepted', 'returned'], example: 'accepted' })
  @IsIn(['accepted', 'returned'])
  outcome!: AdvanceReview['outcome']

  @ApiProperty({ example: '2026-11-22', description: 'The day on which the entry was held against its source.' })
  @Matches(DAY)
  checkedOn!: string

  @ApiProperty({ example: 'Figures agree with the abstract.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(2000)
  remark!: string
}

export class SupersedeAdvanceDto {
  @ApiProperty({ example: 'prevent-equations-2027', description: 'A reviewed entry.' })
  @Matches(ID)
  @MaxLength(100)
  by!: string
}

export class AsOfDto {
  @ApiPropertyOptional({ example: '2026-06-01T00:00:00Z', description: 'As it stood at this time.' })
  @IsOptional()
  @IsRFC3339()
  asOf?: string
}

export class ListAdvancesDto extends AsOfDto {
  @ApiPropertyOptional({ enum: ADVANCE_AREAS })
  @IsOptional()
  @IsIn(ADVANCE_AREAS)
  area?: AdvanceArea

  @ApiPropertyOptional({ example: 'cvd.prevent-2023' })
  @IsOptional()
  @Matches(MODEL)
  @MaxLength(100)
  model?: string

  @ApiPropertyOptional({ enum: ADVANCE_STATUSES })
  @IsOptional()
  @IsIn(ADVANCE_STATUSES)
  status?: AdvanceStatus

  @ApiPropertyOptional({ enum: CONFIDENCES })
  @IsOptional()
  @IsIn(CONFIDENCES)
  confidence?: Confidence

  @ApiPropertyOptional({ example: '2023', description: 'Published from then on; a year, a month or a day.' })
  @IsOptional()
  @Matches(DATE)
  from?: string

  @ApiPropertyOptional({ example: '2025-06', description: 'Published until then.' })
  @IsOptional()
  @Matches(DATE)
  until?: string
}

export class ExportAdvancesDto extends ListAdvancesDto {
  @ApiPropertyOptional({ enum: ['json', 'csv'], default: 'json' })
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv'
}
