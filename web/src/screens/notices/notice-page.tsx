import { draftNotice, readNoticeRegister, type NoticeText, type NoticeVersion } from '../../api/notices.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { DraftForm } from './draft-form.js'
import { Standing, TEXT_WORDS, WITHDRAWAL_WORDS } from './notice-words.js'
import { JudgeText, VersionSteps } from './notice-steps.js'
import { ShownText } from './shown-text.js'

/** One notice: its versions with the newest first, their texts, and the next step of each. */
export function NoticePage({ notice }: { notice: string }) {
  const drafts = useMay('consent-notice.draft')
  const { resource, reload } = useResource(`notice ${notice}`, (signal) => readNoticeRegister(notice, signal))
  return (
    <Page title={`Notice ${notice}`} lead={<Link to="/consent-notices">all notices</Link>}>
      <Loaded resource={resource} retry={reload} what="the notice">
        {({ notices: [found] }) =>
          found ? (
            <>
              {found.versions.toReversed().map((version) => (
                <Version key={version.version} notice={notice} of={version} done={reload} />
              ))}
              {drafts && (
                <details className="panel">
                  <summary className="panel-header">Draft a version or a language</summary>
                  <div className="panel-body">
                    <DraftForm notice={notice} draft={(draft) => draftNotice(draft).then(reload)} />
                  </div>
                </details>
              )}
            </>
          ) : (
            <Empty>There is no such notice.</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

interface Props {
  notice: string
  of: NoticeVersion
  done: () => void
}

function Version({ notice, of, done }: Props) {
  const { version, standing, inForceFrom, withdrawn, texts } = of
  return (
    <Panel title={`Version ${version}`} aside={<Standing of={standing} />}>
      <Details
        items={[
          ['In force from', inForceFrom && <Time at={inForceFrom} />],
          ['Withdrawn', withdrawn && <Time at={withdrawn.at} />],
          ['Because', withdrawn && WITHDRAWAL_WORDS[withdrawn.reason]],
        ]}
      />
      {texts.map((text) => (
        <Text key={text.language} name={{ notice, version, language: text.language }} of={text} done={done} />
      ))}
      <VersionSteps notice={notice} of={of} done={done} />
    </Panel>
  )
}

function Text({
  name,
  of,
  done,
}: {
  name: { notice: string; version: string; language: string }
  of: NoticeText
  done: () => void
}) {
  const { language, status, author, judge, remark } = of
  return (
    <details open={status === 'drafted'}>
      <summary>
        {language} <Badge tone={TEXT_WORDS[status].tone}>{TEXT_WORDS[status].text}</Badge>
      </summary>
      <ShownText of={of} />
      <Details
        items={[
          ['Written by', <ShortId id={author} />],
          ['Judged by', judge && <ShortId id={judge} />],
          ['Remark', remark],
        ]}
      />
      {status === 'drafted' && <JudgeText name={name} sha256={of.sha256} done={done} />}
    </details>
  )
}
