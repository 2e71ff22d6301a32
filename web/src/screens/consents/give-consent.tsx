import { useState, type FormEvent } from 'react'
import { PURPOSES, type Purpose } from '../../../../src/consents/codes.js'
import { giveConsent, type ConsentScope, type Notice as ConsentNotice } from '../../api/consents.js'
import { listNotices, type PublishedVersion, type TextName } from '../../api/notices.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { listOf, textOf } from '../../components/action-form.js'
import { Field, SelectField, toChoose } from '../../components/field.js'
import { Loaded } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Link } from '../../routing/link.js'
import { usePlace, withQuery } from '../../routing/location.js'
import { PublishedText } from '../notices/shown-text.js'
import { ExpressionFields, expressionIn } from './expression-fields.js'

/** Gives consent that nobody had asked for. */
export function GiveConsent({ subject }: { subject: string }) {
  const place = usePlace()
  const [given, setGiven] = useState(false)
  const giving = useAction(async (form: HTMLFormElement) => {
    const { scope, notice } = consentIn(form)
    await giveConsent(subject, { scope, notice, ...expressionIn(form) })
    setGiven(true)
  })
  const give = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void giving.run(event.currentTarget)
  }
  if (given) {
    return (
      <Notice tone="good" live>
        <p>
          The consent is recorded. <Link to={withQuery(place, { view: undefined })}>See all consents</Link>
        </p>
      </Notice>
    )
  }
  return (
    <Panel title="Give consent">
      <form className="form" onSubmit={give}>
        <ScopeFields />
        <NoticeFields />
        <ExpressionFields />
        <button className="button primary" disabled={giving.busy}>
          Record this consent
        </button>
      </form>
      {giving.problem && <Problem problem={giving.problem} />}
    </Panel>
  )
}

function ScopeFields() {
  return (
    <>
      <fieldset className="field wide">
        <legend>For which purposes</legend>
        <div className="choices">
          {Object.entries(PURPOSES).map(([code, title]) => (
            <label key={code} className="choice">
              <input type="checkbox" name="purpose" value={code} /> {title}
            </label>
          ))}
        </div>
      </fieldset>
      <Field label="Models" hint="Classes such as cvd, or single models; empty for any">
        {(attributes) => <input name="models" defaultValue="cvd" {...attributes} />}
      </Field>
      <Field label="Trials" hint="Their ids; empty for uses outside of any trial">
        {(attributes) => <input name="trials" {...attributes} />}
      </Field>
      <Field label="Given to (organisation)">
        {(attributes) => <input name="controller" required {...attributes} />}
      </Field>
    </>
  )
}

/** One of the texts in force, which is shown before anything is recorded. */
function NoticeFields() {
  const { resource, reload } = useResource('notices in force', (signal) => listNotices('in-force', signal))
  return (
    <Loaded resource={resource} retry={reload} what="the notices">
      {({ notices }) => <NoticeChoice of={notices} />}
    </Loaded>
  )
}

function NoticeChoice({ of: notices }: { of: readonly PublishedVersion[] }) {
  const [chosen, setChosen] = useState('')
  const options = notices.flatMap(({ notice, version, texts }) =>
    texts.map(({ language, title }) => {
      const name = { notice, version, language }
      return [keyOf(name), `${title} (${notice} ${version}, ${language})`] as const
    }),
  )
  return (
    <>
      <SelectField
        label="Notice that was shown"
        name="notice"
        value={chosen}
        options={toChoose(options)}
        onChange={setChosen}
        required
      />
      {chosen !== '' && (
        <div className="field wide">
          <PublishedText name={nameOf(chosen)} />
        </div>
      )}
    </>
  )
}

/** Ids, versions and languages hold no spaces. */
const keyOf = ({ notice, version, language }: TextName) => [notice, version, language].join(' ')

function nameOf(key: string): TextName {
  const [notice = '', version = '', language = ''] = key.split(' ')
  return { notice, version, language }
}

function consentIn(form: HTMLFormElement): { scope: ConsentScope; notice: ConsentNotice } {
  const given = new FormData(form)
  const { notice, version, language } = nameOf(textOf(given, 'notice'))
  const [models, trials] = [listOf(given, 'models'), listOf(given, 'trials')]
  return {
    scope: {
      purposes: given.getAll('purpose') as Purpose[],
      duo: [],
      modelClasses: models.length > 0 ? models : 'any',
      ...(trials.length > 0 && { trials }),
      dataCategories: 'any',
      controller: textOf(given, 'controller'),
    },
    notice: { id: notice, version, language },
  }
}
