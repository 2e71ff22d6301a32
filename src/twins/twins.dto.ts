/** Requests of the twins API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Transform, Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import { AsFact, FACT_SCHEMAS, FactSourceDto, type AnyFactDto } from './fact.dto.js'
import type { FactKind } from './facts.js'
import { CORRECTION_REASON_CODES, USE_REASON_CODES, type CorrectionReason, type UseReason } from './reason-codes.js'

const FACT_KINDS: FactKind[] = ['observation', 'condition', 'medication', 'procedure', 'genotype', 'report', 'evidence']

/** An id of an organisation, a site or a system stands in the log in clear text, so it cannot be a sentence. */
const PUBLIC_ID = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/

export class CustodyDto {
  @ApiProperty({ example: 'clinic-basel', description: 'Organisation id of the GDPR controller.' })
  @Matches(PUBLIC_ID)
  controller!: string

  @ApiProperty({ example: 'evaluation-site-1', description: 'Organisation or site that keeps the record.' })
  @Matches(PUBLIC_ID)
  owner!: string
}

export class NameDto {
  @ApiPropertyOptional({ example: 'Alvarez' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  family?: string

  @ApiPropertyOptional({ example: ['Marta'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  given?: string[]

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(400)
  text?: string
}

export class DemographicsDto {
  @ApiPropertyOptional({ type: NameDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => NameDto)
  name?: NameDto

  @ApiPropertyOptional({ enum: ['male', 'female', 'other', 'unknown'] })
  @IsOptional()
  @IsIn(['male', 'female', 'other', 'unknown'])
  sex?: 'male' | 'female' | 'other' | 'unknown'

  @ApiPropertyOptional({ example: '1961-04-02', description: 'FHIR date; may be partial.' })
  @IsOptional()
  @Matches(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  birthDate?: string

  @ApiProperty({ type: FactSourceDto })
  @ValidateNested()
  @Type(() => FactSourceDto)
  source!: FactSourceDto
}

export class IdentifierDto {
  @ApiProperty({ example: 'urn:oid:2.16.756.5.30.1.123' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  system!: string

  @ApiProperty({ example: 'MRN-004711' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  value!: string
}

export class RegisterTwinDto {
  @ApiProperty({ type: CustodyDto })
  @ValidateNested()
  @Type(() => CustodyDto)
  custody!: CustodyDto

  @ApiProperty({ example: 'clinic-ehr', description: 'Registered id of the source system.' })
  @Matches(PUBLIC_ID)
  source!: string

  @ApiPropertyOptional({ type: DemographicsDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => DemographicsDto)
  demographics?: DemographicsDto

  @ApiPropertyOptional({ type: [IdentifierDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => IdentifierDto)
  identifiers?: IdentifierDto[]
}

export class RecordFactsDto {
  @ApiProperty({ type: 'array', items: { oneOf: FACT_SCHEMAS }, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @AsFact()
  facts!: AnyFactDto[]
}

class ExplainedDto {
  @ApiProperty({ enum: CORRECTION_REASON_CODES })
  @IsIn(CORRECTION_REASON_CODES)
  reason!: CorrectionReason

  @ApiProperty({ example: 'Two digits were swapped on entry.', description: 'Sealed with the correction.' })
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  explanation!: string
}

export class CorrectFactDto extends ExplainedDto {
  @ApiProperty({ oneOf: FACT_SCHEMAS, nullable: true, description: 'null withdraws the fact as an error.' })
  @ValidateIf((_request, replacement) => replacement !== null)
  @ValidateNested()
  @AsFact()
  replacement!: AnyFactDto | null
}

export class CorrectDemographicsDto extends ExplainedDto {
  @ApiProperty({ type: DemographicsDto })
  @ValidateNested()
  @Type(() => DemographicsDto)
  replacement!: DemographicsDto
}

export class MergeTwinDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The twin that ends; or name it by an identifier.' })
  @ValidateIf(({ identifier }: MergeTwinDto) => identifier === undefined)
  @IsUUID()
  twin?: string

  @ApiPropertyOptional({ type: IdentifierDto })
  @ValidateIf(({ twin }: MergeTwinDto) => twin === undefined)
  @ValidateNested()
  @Type(() => IdentifierDto)
  identifier?: IdentifierDto
}

export class UseDto {
  @ApiProperty({ enum: USE_REASON_CODES })
  @IsIn(USE_REASON_CODES)
  reason!: UseReason
}

export class DetailDto {
  @ApiPropertyOptional({ enum: ['coded', 'full'], default: 'coded', description: '`full` shows who it is.' })
  @IsOptional()
  @IsIn(['coded', 'full'])
  detail?: 'coded' | 'full'
}

/** `?revision=` or `?asOf=`, and how much is shown. */
export class ReadTwinDto extends DetailDto {
  @ApiPropertyOptional({ description: 'As of this revision.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  revision?: number

  @ApiPropertyOptional({ example: '2026-03-01T12:00:00Z', description: 'As recorded at this time.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  asOf?: string
}

export class ReadFactsDto extends ReadTwinDto {
  @ApiPropertyOptional({ enum: FACT_KINDS })
  @IsOptional()
  @IsIn(FACT_KINDS)
  kind?: FactKind

  @ApiPropertyOptional({ example: '2093-3', description: 'Code of the fact or of one of its components.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  code?: string

  @ApiPropertyOptional({ enum: ['current', 'corrected', 'withdrawn'] })
  @IsOptional()
  @IsIn(['current', 'corrected', 'withdrawn'])
  status?: 'current' | 'corrected' | 'withdrawn'
}

export class CompareTwinDto extends DetailDto {
  @ApiProperty({ example: '0', description: 'A revision, or a time in RFC 3339.' })
  @IsString()
  @MaxLength(40)
  from!: string

  @ApiPropertyOptional({ example: '2026-03-01T12:00:00Z', description: 'Default: now.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string
}

export class ReadFindingsDto {
  @ApiPropertyOptional({ enum: ['open', 'all'], default: 'open' })
  @IsOptional()
  @IsIn(['open', 'all'])
  which?: 'open' | 'all'
}

export class FilterTwinsDto {
  @ApiPropertyOptional({ enum: ['active', 'withdrawn', 'merged'] })
  @IsOptional()
  @IsIn(['active', 'withdrawn', 'merged'])
  status?: 'active' | 'withdrawn' | 'merged'

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  controller?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  owner?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  source?: string

  @ApiPropertyOptional({ format: 'uuid', description: 'Only twins of those who are enrolled in this trial.' })
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ type: Boolean, description: 'Only twins with data-quality findings that hold.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  withFindings?: boolean
}

export class ListTwinsDto extends FilterTwinsDto {
  @ApiPropertyOptional({ default: 50, maximum: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  cursor?: string
}
