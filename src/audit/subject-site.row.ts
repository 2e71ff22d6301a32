import { Entity, PrimaryColumn } from 'typeorm'

/** `read.audit_subject_site`: which sites hold a person's record, and the stream that says so. */
@Entity({ schema: 'read', name: 'audit_subject_site', synchronize: false })
export class SubjectSiteRow {
  @PrimaryColumn('text')
  stream!: string

  @PrimaryColumn('uuid')
  subject!: string

  @PrimaryColumn('text')
  site!: string
}
