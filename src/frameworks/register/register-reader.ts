import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { LegalEntryRow } from './legal-entry.row.js'
import { shownText } from './legal-entry-view.js'
import { LegalRegister, type LegalEntryRead } from './legal-register.js'

/** The whole register: from the read model as it stands, from the ledger as of an earlier time. */
@Injectable()
export class RegisterReader {
  constructor(
    @InjectRepository(LegalEntryRow) private readonly rows: Repository<LegalEntryRow>,
    private readonly register: LegalRegister,
  ) {}

  /** @param asOf RFC 3339; @throws InvalidRequest `point-invalid` */
  async entries(asOf?: string): Promise<LegalEntryRead[]> {
    const rows = await this.rows.find()
    if (asOf === undefined) return rows
    const earlier = await Promise.all(rows.map(({ state }) => this.register.read(shownText(state).id, { asOf })))
    return earlier.filter(({ state }) => state.standing !== null)
  }
}
