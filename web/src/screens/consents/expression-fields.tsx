import {
  CONSENT_METHODS,
  CONSENT_PARTIES,
  type ConsentMethod,
  type ConsentParty,
} from '../../../../src/consents/codes.js'
import type { Expression } from '../../api/consents.js'
import { Field, SelectField } from '../../components/field.js'
import { words } from '../../components/values.js'
import { useCaller } from '../../session/use-session.js'

/** How a decision was expressed and by whom. A participant decides here and now, for themselves. */
export function ExpressionFields() {
  const isOwn = useCaller().role === 'participant'
  return (
    <>
      {!isOwn && (
        <>
          <SelectField label="Expressed" name="method" value="paper" options={CONSENT_METHODS.map(named)} />
          <SelectField label="By" name="by" value="subject" options={CONSENT_PARTIES.map(named)} />
        </>
      )}
      <Field label="Comment (sealed; nobody has to say why)" wide>
        {(attributes) => <textarea name="comment" rows={2} maxLength={4000} {...attributes} />}
      </Field>
    </>
  )
}

const named = (code: string): readonly [string, string] => [code, code === 'subject' ? 'the person' : words(code)]

export function expressionIn(form: HTMLFormElement): Expression {
  const given = new FormData(form)
  const comment = String(given.get('comment') ?? '').trim()
  return {
    method: (given.get('method') ?? 'electronic') as ConsentMethod,
    by: (given.get('by') ?? 'subject') as ConsentParty,
    ...(comment !== '' && { comment }),
  }
}
