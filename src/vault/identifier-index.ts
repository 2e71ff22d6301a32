/** Which person a business identifier belongs to, without holding the identifier: a unique index over its keyed digest. */
import type { Pool } from 'pg'
import { Conflict } from '../platform/errors.js'
import type { DerivedSecrets } from './derived-secrets.js'

export interface BusinessIdentifier {
  system: string
  value: string
}

export interface IdentifiedTwin {
  subject: string
  twin: string
}

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
      if (owners.length > 1) {
        await client.query('rollback')
        throw new Conflict('identifier-conflict', 'The identifiers belong to more than one twin; merge them first.', {
          twins: owners.map(({ twin }) => twin),
        })
      }
      await client.query('commit')
      return { ...owners[0]!, reserved: owners[0]!.twin === proposed.twin }
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
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
