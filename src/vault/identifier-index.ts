/** Which person a business identifier belongs to, without holding the identifier: a unique index over its keyed digest. */
import type { Pool } from 'pg'
import { equalInConstantTime } from '../platform/constant-time.js'
import { Conflict, ConfigurationError } from '../platform/errors.js'
import type { DerivedSecrets } from './derived-secrets.js'

export interface BusinessIdentifier {
  system: string
  value: string
}

export interface IdentifiedTwin {
  subject: string
  twin: string
}

/** A digest that no identifier has; its row holds the fingerprint of the secret in the place of a person. */
const FIRST_ROW = Buffer.alloc(32)

export class IdentifierIndex {
  constructor(
    private readonly pool: Pool,
    private readonly secrets: DerivedSecrets,
  ) {}

  /**
   * The person these identifiers belong to; those not known yet are reserved for the person found, or else for `proposed`.
   * A reservation is durable before anything is recorded: two records of one person that arrive together meet here.
   *
   * @throws Conflict `identifier-conflict`: the identifiers belong to more than one twin; they must be merged first
   */
  async resolveOrReserve(
    identifiers: readonly BusinessIdentifier[],
    proposed: IdentifiedTwin,
  ): Promise<IdentifiedTwin & { reserved: boolean }> {
    if (identifiers.length === 0) return { ...proposed, reserved: true }
    const blinds = identifiers.map((identifier) => this.blind(identifier))
    const owners = await this.reserve(blinds, proposed)
    // A record of the same person was quicker with some of them: now it is known, and the rest is reserved for it.
    const settled = owners.length > 1 ? await this.reserve(blinds, proposed) : owners
    if (settled.length > 1)
      throw new Conflict('identifier-conflict', 'The identifiers belong to more than one twin; merge them first.', {
        twins: settled.map(({ twin }) => twin),
      })
    return { ...settled[0]!, reserved: settled[0]!.twin === proposed.twin }
  }

  /**
   * Holds the secret against the one this index was begun with. Under another one nobody would be recognised any more, and
   * every person would be registered a second time.
   *
   * @throws ConfigurationError
   */
  async assertSameSecret(): Promise<void> {
    await this.pool.query(
      'insert into vault.identifier (blind, subject, twin) values ($1, $2, $2) on conflict do nothing',
      [FIRST_ROW, this.fingerprint()],
    )
    const { rows } = await this.pool.query<IdentifiedTwin>('select subject from vault.identifier where blind = $1', [
      FIRST_ROW,
    ])
    if (!equalInConstantTime(rows[0]!.subject, this.fingerprint()))
      throw new ConfigurationError(
        'The identifiers in the database were digested under another secret: bring back the derivation-secret in keys/ of the data folder.',
      )
  }

  /** The twin an identifier belongs to, or null. */
  async lookup(identifier: BusinessIdentifier): Promise<IdentifiedTwin | null> {
    return (await this.find(this.pool, [this.blind(identifier)]))[0] ?? null
  }

  /** After a merge: what pointed to one twin points to the other. */
  async repoint(from: string, to: IdentifiedTwin): Promise<void> {
    await this.pool.query('update vault.identifier set twin = $2, subject = $3 where twin = $1', [
      from,
      to.twin,
      to.subject,
    ])
  }

  /** Reserves what is free and returns the owners; where they are several, nothing was reserved. */
  private async reserve(blinds: readonly Buffer[], proposed: IdentifiedTwin): Promise<IdentifiedTwin[]> {
    const client = await this.pool.connect()
    try {
      await client.query('begin')
      const known = (await this.find(client, blinds))[0] ?? proposed
      await client.query(
        `insert into vault.identifier (blind, subject, twin) select blind, $2, $3 from unnest($1::bytea[]) as blind
         order by blind on conflict do nothing`,
        [blinds, known.subject, known.twin],
      )
      const owners = await this.find(client, blinds)
      await client.query(owners.length > 1 ? 'rollback' : 'commit')
      return owners
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  private fingerprint(): string {
    return this.secrets.uuid('identifier', 'fingerprint of the secret')
  }

  private blind({ system, value }: BusinessIdentifier): Buffer {
    return this.secrets.digest('identifier', system, value)
  }

  private async find(client: Pick<Pool, 'query'>, blinds: readonly Buffer[]): Promise<IdentifiedTwin[]> {
    const { rows } = await client.query<IdentifiedTwin>(
      'select distinct subject, twin from vault.identifier where blind = any ($1::bytea[]) order by twin',
      [blinds],
    )
    return rows
  }
}
