/** Requests of the consents API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Transform, Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import { NOTICE_LANGUAGE } from '../notices/queries/find-notice.js'
import { PageDto } from '../platform/http/page.dto.js'
import { UtcTime } from '../platform/http/utc-time.js'
import {
  CONSENT_METHODS,
  CONSENT_PARTIES,
  DATA_CATEGORY_CODES,
  PURPOSE_CODES,
  WITHDRAWAL_REASONS,
  type ConsentMethod,
  type ConsentParty,
  type DataCategory,
  type Purpose,
  type WithdrawalReason,
} from './codes.js'
import { DUO_CODES, type DuoCode } from './duo.js'

/** Ids and versions stand in clear text in the log: codes, never a phrase. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/
const MODEL_CLASS = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)*$/
const MONDO = /^MONDO:\d{7}$/
const isList = (value: unknown) => value !== 'any'

export class NoticeDto {
  @ApiProperty({ example: 'research-notice', description: 'Which text the person was shown; it must be in force.' })
  @Matches(CODE)
  id!: string

  @ApiProperty({ example: '2026-03' })
  @Matches(CODE)
  version!: string

  @ApiProperty({ example: 'de-CH', description: 'BCP 47.' })
  @Matches(NOTICE_LANGUAGE)
  language!: string
}

export class ConsentScopeDto {
  @ApiProperty({ enum: PURPOSE_CODES, isArray: true, example: ['HRESCH'], description: 'v3-ActReason.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PURPOSE_CODES, { each: true })
  purposes!: Purpose[]

  @ApiProperty({ enum: DUO_CODES, isArray: true, example: ['DUO:0000006'], description: 'GA4GH DUO; may be empty.' })
  @IsArray()
  @ArrayUnique()
  @IsIn(DUO_CODES, { each: true })
  duo!: DuoCode[]

  @ApiPropertyOptional({ example: ['MONDO:0005015'], description: 'Diseases that DUO:0000007 is limited to.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(MONDO, { each: true })
  diseases?: string[]

  @ApiProperty({ example: ['cvd'], description: 'Model classes or model ids, or `any`.' })
  @ValidateIf(({ modelClasses }: ConsentScopeDto) => isList(modelClasses))
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(MODEL_CLASS, { each: true })
  modelClasses!: string[] | 'any'

  @ApiPropertyOptional({ description: 'With trials, uses in those trials; without, uses outside of any.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  trials?: string[]

  @ApiProperty({ enum: DATA_CATEGORY_CODES, isArray: true, example: 'any', description: 'Categories, or `any`.' })
  @ValidateIf(({ dataCategories }: ConsentScopeDto) => isList(dataCategories))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(DATA_CATEGORY_CODES, { each: true })
  dataCategories!: DataCategory[] | 'any'

  @ApiProperty({ example: 'evaluation-clinic', description: 'Organisation id of the GDPR controller.' })
  @Matches(CODE)
  controller!: string
}

export class RequestConsentDto {
  @ApiProperty()
  @ValidateNested()
  @Type(() => ConsentScopeDto)
  scope!: ConsentScopeDto

  @ApiProperty()
  @ValidateNested()
  @Type(() => NoticeDto)
  notice!: NoticeDto

  @ApiPropertyOptional({ example: '2028-01-01T00:00:00Z' })
  @IsOptional()
  @UtcTime()
  expiresAt?: string
}

/** How a decision was expressed. */
export class ExpressionDto {
  @ApiProperty({ enum: CONSENT_METHODS })
  @IsIn(CONSENT_METHODS)
  method!: ConsentMethod

  @ApiProperty({ enum: CONSENT_PARTIES })
  @IsIn(CONSENT_PARTIES)
  by!: ConsentParty

  @ApiPropertyOptional({ description: 'In own words; sealed.' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  comment?: string
}

export class GiveConsentDto extends ExpressionDto {
  @ApiPropertyOptional({ description: 'Needed unless a request is answered; an answer may narrow the request.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsentScopeDto)
  scope?: ConsentScopeDto

  @ApiPropertyOptional({ description: 'Needed unless a request is answered.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NoticeDto)
  notice?: NoticeDto

  @ApiPropertyOptional({ description: 'When it was given, for a paper form; default now.' })
  @IsOptional()
  @UtcTime()
  givenAt?: string

  @ApiPropertyOptional({ example: '2028-01-01T00:00:00Z' })
  @IsOptional()
  @UtcTime()
  expiresAt?: string
}

export class WithdrawConsentDto extends ExpressionDto {
  @ApiPropertyOptional({ enum: WITHDRAWAL_REASONS, description: 'Nobody has to give one.' })
  @IsOptional()
  @IsIn(WITHDRAWAL_REASONS)
  reason?: WithdrawalReason
}

export class ReadConsentsDto {
  @ApiPropertyOptional({ description: 'Up to and with this revision of the consent stream.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  revision?: number

  @ApiPropertyOptional({ description: 'As recorded at this time, RFC 3339.' })
  @IsOptional()
  @IsString()
  asOf?: string
}

export class ListUsesDto extends PageDto {
  @ApiPropertyOptional({ enum: ['authorised', 'refused'] })
  @IsOptional()
  @IsIn(['authorised', 'refused'])
  outcome?: 'authorised' | 'refused'

  @ApiPropertyOptional({ enum: PURPOSE_CODES })
  @IsOptional()
  @IsIn(PURPOSE_CODES)
  purpose?: Purpose

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string
}

export class CoverageDto {
  @ApiProperty({ enum: PURPOSE_CODES })
  @IsIn(PURPOSE_CODES)
  purpose!: Purpose

  @ApiPropertyOptional({ example: 'cvd.prevent-2023' })
  @IsOptional()
  @Matches(MODEL_CLASS)
  model?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ enum: DATA_CATEGORY_CODES, isArray: true })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat())
  @IsIn(DATA_CATEGORY_CODES, { each: true })
  dataCategories?: DataCategory[]

  @ApiPropertyOptional({ description: 'Whether somebody profits; what is not said counts as yes.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  commercial?: boolean

  @ApiPropertyOptional({ example: 'MONDO:0005015' })
  @IsOptional()
  @Matches(MONDO)
  disease?: string
}
