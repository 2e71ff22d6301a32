import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator'

/** One batch asks the provider for each key twice; it shall end well before a proxy loses its patience. */
const MOST_KEYS_A_BATCH = 1_000

export class RewrapKeysDto {
  @ApiPropertyOptional({ description: '`next` of the batch before; the beginning without it.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  after?: string

  @ApiPropertyOptional({ description: 'Most keys of this batch.', default: 500, maximum: MOST_KEYS_A_BATCH })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_KEYS_A_BATCH)
  limit: number = 500
}

export class RetireKeyDto {
  @ApiProperty({
    description: 'Id of the key-encryption key, as listed.',
    example: 'vault-transit:transit/twin-ledger:v1',
  })
  @Matches(/^[\w:/#.-]{1,400}$/)
  key!: string
}
