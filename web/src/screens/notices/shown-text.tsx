import { readNoticeText, type TextName } from '../../api/notices.js'
import { useResource } from '../../api/use-resource.js'
import { Loaded } from '../../components/loaded.js'

interface Text {
  title: string
  text: string
  language: string
  sha256: string
}

/** A text of a notice as it was written, in its language. */
export function ShownText({ of: { title, text, language, sha256 } }: { of: Text }) {
  return (
    <div className="notice-text">
      <p lang={language}>
        <strong>{title}</strong>
      </p>
      <p className="as-written" lang={language}>
        {text}
      </p>
      <p className="small quiet">
        SHA-256 of this text: <code>{sha256}</code>
      </p>
    </div>
  )
}

/** A published text, for whoever is asked under it. */
export function PublishedText({ name }: { name: TextName }) {
  const { notice, version, language } = name
  const { resource, reload } = useResource(`notice ${notice} ${version} ${language}`, (signal) =>
    readNoticeText(name, signal),
  )
  return (
    <Loaded resource={resource} retry={reload} what="the notice">
      {(found) => <ShownText of={found} />}
    </Loaded>
  )
}
