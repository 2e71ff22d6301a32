/** Facts as requests carry them. The shapes are those of facts.ts; here is what a request must satisfy. */
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator'

/** FHIR R4 date and dateTime (https://hl7.org/fhir/R4/datatypes.html#dateTime). */
const FHIR_DATE =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]\d{2}:\d{2}))?)?)?$/

export class CodingDto {
  @ApiProperty({ example: 'http://loinc.org' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  system!: string

  @ApiProperty({ example: '2093-3' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  code!: string

  @ApiPropertyOptional({ example: 'Cholesterol [Mass/volume] in Serum or Plasma' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  display?: string
}

export class QuantityDto {
  @ApiProperty({ example: 195 })
  @IsNumber({ allowInfinity: false, allowNaN: false })
  value!: number

  @ApiProperty({ example: 'mg/dL', description: 'UCUM, case sensitive.' })
  @IsString()
  @MaxLength(128)
  unit!: string

  @ApiPropertyOptional({ enum: ['<', '<=', '>=', '>'] })
  @IsOptional()
  @IsIn(['<', '<=', '>=', '>'])
  comparator?: '<' | '<=' | '>=' | '>'
}

export class FactTimeDto {
  @ApiProperty({ example: '2026-01-15T09:30:00Z', description: 'FHIR date or dateTime; may be partial.' })
  @Matches(FHIR_DATE)
  at!: string

  @ApiPropertyOptional({ description: 'The end, for a period.' })
  @IsOptional()
  @Matches(FHIR_DATE)
  until?: string
}

export class FactSourceDto {
  @ApiProperty({ example: 'clinic-ehr', description: 'Registered id of the source system.' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  system!: string

  @ApiPropertyOptional({ example: 'Observation' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  resourceType?: string

  @ApiPropertyOptional({ example: 'chol-2026-01' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  resourceId?: string
}

export class FactDto {
  @ApiProperty({ type: FactSourceDto })
  @ValidateNested()
  @Type(() => FactSourceDto)
  source!: FactSourceDto
}

class CodedFactDto extends FactDto {
  @ApiProperty({ type: CodingDto })
  @ValidateNested()
  @Type(() => CodingDto)
  code!: CodingDto
}

class CodedFactWithStatusDto extends CodedFactDto {
  @ApiProperty({ example: 'final' })
  @IsString()
  @MaxLength(50)
  status!: string
}

export class ObservationComponentDto {
  @ApiProperty({ type: CodingDto })
  @ValidateNested()
  @Type(() => CodingDto)
  code!: CodingDto

  @ApiPropertyOptional({ type: QuantityDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuantityDto)
  quantity?: QuantityDto

  @ApiPropertyOptional({ type: CodingDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CodingDto)
  coded?: CodingDto

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  text?: string

  @ApiPropertyOptional({ description: 'Why there is no value (FHIR data-absent-reason).' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  absent?: string
}

export class ObservationDto extends CodedFactWithStatusDto {
  @ApiProperty({ enum: ['observation'] })
  @IsIn(['observation'])
  kind!: 'observation'

  @ApiPropertyOptional({ type: QuantityDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuantityDto)
  quantity?: QuantityDto

  @ApiPropertyOptional({ type: CodingDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CodingDto)
  coded?: CodingDto

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  text?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  boolean?: boolean

  @ApiPropertyOptional({ description: 'Why there is no value (FHIR data-absent-reason).' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  absent?: string

  @ApiPropertyOptional({ type: [ObservationComponentDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ObservationComponentDto)
  components?: ObservationComponentDto[]

  @ApiPropertyOptional({ example: 'laboratory' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  category?: string

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  effective?: FactTimeDto
}

export class ConditionDto extends CodedFactDto {
  @ApiProperty({ enum: ['condition'] })
  @IsIn(['condition'])
  kind!: 'condition'

  @ApiPropertyOptional({ example: 'active' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  clinicalStatus?: string

  @ApiPropertyOptional({ example: 'confirmed' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  verificationStatus?: string

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  onset?: FactTimeDto

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  abated?: FactTimeDto
}

export class MedicationDto extends CodedFactWithStatusDto {
  @ApiProperty({ enum: ['medication'] })
  @IsIn(['medication'])
  kind!: 'medication'

  @ApiProperty({ enum: ['order', 'statement', 'administration'] })
  @IsIn(['order', 'statement', 'administration'])
  intent!: 'order' | 'statement' | 'administration'

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  dosage?: string

  @ApiPropertyOptional({ type: QuantityDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuantityDto)
  dose?: QuantityDto

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  period?: FactTimeDto
}

export class ProcedureDto extends CodedFactWithStatusDto {
  @ApiProperty({ enum: ['procedure'] })
  @IsIn(['procedure'])
  kind!: 'procedure'

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  performed?: FactTimeDto
}

export class GenotypeDto extends FactDto {
  @ApiProperty({ enum: ['genotype'] })
  @IsIn(['genotype'])
  kind!: 'genotype'

  @ApiProperty({ example: 'CYP2C19' })
  @Matches(/^[A-Z0-9][A-Z0-9-]{0,30}$/)
  gene!: string

  @ApiProperty({ example: '*1/*2' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  genotype!: string

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  effective?: FactTimeDto
}

export class ReportDto extends CodedFactWithStatusDto {
  @ApiProperty({ enum: ['report'] })
  @IsIn(['report'])
  kind!: 'report'

  @ApiPropertyOptional({ type: FactTimeDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => FactTimeDto)
  effective?: FactTimeDto

  @ApiProperty({ type: [String], description: 'Event ids of the observations it groups.' })
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsUUID(undefined, { each: true })
  results!: string[]

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  conclusion?: string
}

const KINDS = [
  { value: ObservationDto, name: 'observation' },
  { value: ConditionDto, name: 'condition' },
  { value: MedicationDto, name: 'medication' },
  { value: ProcedureDto, name: 'procedure' },
  { value: GenotypeDto, name: 'genotype' },
  { value: ReportDto, name: 'report' },
]
export type AnyFactDto = ObservationDto | ConditionDto | MedicationDto | ProcedureDto | GenotypeDto | ReportDto

/** Reads a fact as the kind that it says it is. A kind that does not exist leaves a FactDto, which has no such field. */
export const AsFact = () =>
  Type(() => FactDto, { discriminator: { property: 'kind', subTypes: KINDS }, keepDiscriminatorProperty: true })

/** All kinds, in the OpenAPI document. */
export const FACT_SCHEMAS = KINDS.map(({ value }) => ({ $ref: getSchemaPath(value) }))
export const WithFactSchemas = () => ApiExtraModels(...KINDS.map(({ value }) => value))
