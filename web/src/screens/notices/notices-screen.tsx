import { draftNotice, readNoticeRegister, type RegisteredNotice } from '../../api/notices.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { DraftForm } from './draft-form.js'
import { Standing, TEXT_WORDS } from './notice-words.js'
import { OutdatedNotices } from './outdated-notices.js'

const VIEWS = [
  ['notices', 'Notices'],
  ['outdated', 'Whom to tell again'],
] as const
const VIEWS_TO_DRAFT = [...VIEWS, ['draft', 'Draft a text']] as const

/** What people are told before they consent: written, approved and published here. */
export function NoticesScreen() {
  const drafts = useMay('consent-notice.draft')
  const views = drafts ? VIEWS_TO_DRAFT : VIEWS
  const wanted = usePlace().query.get('view')
  const view = views.find(([name]) => name === wanted)?.[0] ?? 'notices'
  return (
    <Page
      title="Notices of consent"
      lead="Written by one person and approved by another. A published text never changes; each consent names the one it was given under."
    >
      <LocalNavigation label="Notices" views={views} current={view} />
      {view === 'notices' && <NoticeList />}
      {view === 'outdated' && <OutdatedNotices />}
      {view === 'draft' && (
        <Panel title="Draft a text">
          <DraftForm
            draft={async (draft) => {
              await draftNotice(draft)
              go(`/consent-notices/${encodeURIComponent(draft.notice)}`)
            }}
          />
        </Panel>
      )}
    </Page>
  )
}

type Line = RegisteredNotice['versions'][number] & { notice: string }

const COLUMNS: Column<Line>[] = [
  {
    title: 'Notice',
    show: ({ notice, version }) => (
      <Link to={`/consent-notices/${encodeURIComponent(notice)}`}>
        {notice} {version}
      </Link>
    ),
  },
  { title: 'Standing', show: ({ standing }) => <Standing of={standing} /> },
  { title: 'In force from', show: ({ inForceFrom }) => inForceFrom && <Time at={inForceFrom} /> },
  {
    title: 'Languages',
    show: ({ texts }) => texts.map(({ language, status }) => `${language}: ${TEXT_WORDS[status].text}`).join('; '),
  },
]

function NoticeList() {
  const { resource, reload } = useResource('notice register', (signal) => readNoticeRegister(undefined, signal))
  return (
    <Loaded resource={resource} retry={reload} what="the notices">
      {({ notices }) => (
        <Panel title="Versions" flush>
          {notices.length === 0 ? (
            <Empty>No notice is on record, and nobody can consent before one is published.</Empty>
          ) : (
            <DataTable
              caption="Versions of notices"
              columns={COLUMNS}
              rows={notices.flatMap(({ notice, versions }) => versions.map((version) => ({ notice, ...version })))}
              rowKey={({ notice, version }) => `${notice} ${version}`}
            />
          )}
        </Panel>
      )}
    </Loaded>
  )
}
