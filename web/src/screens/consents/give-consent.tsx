import { useState, type FormEvent } from 'react'
import { PURPOSES, type Purpose } from '../../../../src/consents/codes.js'
import { giveConsent, type ConsentScope, type Notice as ConsentNotice } from '../../api/consents.js'
import { useAction } from '../../api/use-action.js'
import { listOf, textOf } from '../../components/action-form.js'
import { Field } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { Link } from '../../routing/link.js'
import { usePlace, withQuery } from '../../routing/location.js'
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

function NoticeFields() {
  return (
    <>
      <Field label="Notice that was shown">{(attributes) => <input name="notice" required {...attributes} />}</Field>
      <Field label="Its version">{(attributes) => <input name="version" required {...attributes} />}</Field>
      <Field label="Its language" hint="Such as en, de-CH">
        {(attributes) => <input name="language" required defaultValue="en" {...attributes} />}
      </Field>
    </>
  )
}

function consentIn(form: HTMLFormElement): { scope: ConsentScope; notice: ConsentNotice } {
  const given = new FormData(form)
  const text = (name: string) => textOf(given, name)
  const [models, trials] = [listOf(given, 'models'), listOf(given, 'trials')]
  return {
    scope: {
      purposes: given.getAll('purpose') as Purpose[],
      duo: [],
      modelClasses: models.length > 0 ? models : 'any',
      ...(trials.length > 0 && { trials }),
      dataCategories: 'any',
      controller: text('controller'),
    },
    notice: { id: text('notice'), version: text('version'), language: text('language') },
  }
}
