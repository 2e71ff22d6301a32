import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm'
import type { ConsentNoticeState } from './consent-notice.js'
import type { NoticeOutline } from './published-notice.js'

/** PostgreSQL's bigint arrives as text; positions stay far below 2^53. */
const position: ValueTransformer = { from: (value: string) => Number(value), to: (value: number) => value }

/** `read.notice_register`: one line a notice, as the decision model has it. Written by ConsentNoticeProjection alone. */
@Entity({ schema: 'read', name: 'notice_register', synchronize: false })
export class ConsentNoticeRow {
  @PrimaryColumn('text')
  notice!: string

  @Column('jsonb')
  state!: ConsentNoticeState

  /** The same without the texts. */
  @Column('jsonb')
  outline!: NoticeOutline

  @Column('integer')
  revision!: number

  @Column('bigint', { transformer: position })
  position!: number
}
