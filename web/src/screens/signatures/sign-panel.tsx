import { useEffect, useRef, type FormEvent } from 'react'
import { SIGNATURE_MEANINGS, type SignatureMeaning } from '../../../../src/signatures/meanings.js'
import {
  attestSigner,
  makeSignature,
  openSigning,
  readSigner,
  type Signature,
  type Signer,
} from '../../api/signatures.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { Field, SelectField } from '../../components/field.js'
import { Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { startStepUp } from '../../session/sign-in.js'
import { useMay } from '../../session/use-session.js'
import { keepPending, takePending } from './pending.js'
import { SignatureList } from './signature-list.js'

interface Props {
  stream: string
  /** What the person sees, and so signs. */
  revision: number
  signatures: Signature[]
  signed: () => void
  /** What a signature on this record most likely says. */
  suggested?: SignatureMeaning
  /** Where a page shows more than one record. */
  title?: string
}

/** The signatures on a record, and the way to add one: say what it means, authenticate at the issuer, come back. */
export function SignPanel({ stream, revision, signatures, signed, suggested = 'review', title = 'Signatures' }: Props) {
  const may = useMay('signature.make')
  return (
    <Panel title={title} flush={signatures.length > 0 && !may}>
      {signatures.length > 0 && <SignatureList signatures={signatures} />}
      {signatures.length === 0 && <p className="quiet">Nobody has signed this record.</p>}
      {may && <Signing stream={stream} revision={revision} signed={signed} suggested={suggested} />}
    </Panel>
  )
}

function Signing({ stream, revision, signed, suggested }: Omit<Props, 'signatures'>) {
  const { resource, reload } = useResource('signer', readSigner)
  const returned = useReturned(stream, (attested) => (attested ? reload() : signed()))
  return (
    <>
      {returned.busy && <p role="status">Signing …</p>}
      {returned.problem && <Problem problem={returned.problem} />}
      <Loaded resource={resource} retry={reload} what="how you sign">
        {(signer) =>
          signer.attested ? (
            <SignForm stream={stream} revision={revision} suggested={suggested} />
          ) : (
            <Declaration stream={stream} signer={signer} />
          )
        }
      </Loaded>
    </>
  )
}

/** Finishes what was begun on this record before the person left for the issuer's page. */
function useReturned(stream: string, done: (attested: boolean) => void) {
  const action = useAction(async () => {
    const act = takePending(stream)
    if (act === undefined) return
    if (act.do === 'attest') await attestSigner(act.printedName)
    else await makeSignature(act.request)
    done(act.do === 'attest')
  })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void action.run()
  })
  return action
}

function SignForm({ stream, revision, suggested = 'review' }: Pick<Props, 'stream' | 'revision' | 'suggested'>) {
  const leaving = useAction(async (meaning: string) => {
    const { request, acrValues, maxAge } = await openSigning(stream, revision, meaning)
    keepPending({ stream, act: { do: 'sign', request } })
    await startStepUp({ acrValues, maxAge, nonce: request })
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void leaving.run(String(new FormData(event.currentTarget).get('meaning')))
  }
  return (
    <form className="form" onSubmit={submit}>
      <SelectField
        label="What your signature says"
        name="meaning"
        value={suggested}
        options={Object.entries(SIGNATURE_MEANINGS).map(([code, text]) => [code, `${code}: ${text}`] as const)}
      />
      <div className="actions">
        <button type="submit" className="button primary" disabled={leaving.busy}>
          Sign this record
        </button>
      </div>
      {leaving.problem && <Problem problem={leaving.problem} />}
      <p className="field wide quiet small">You will be asked for your password, and come back here.</p>
    </form>
  )
}

function Declaration({ stream, signer }: { stream: string; signer: Signer }) {
  const leaving = useAction(async (printedName: string) => {
    keepPending({ stream, act: { do: 'attest', printedName } })
    await startStepUp(signer)
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void leaving.run(String(new FormData(event.currentTarget).get('name')).trim())
  }
  return (
    <form className="form" onSubmit={submit}>
      <p>Before your first signature you declare:</p>
      <blockquote>{signer.declaration.text}</blockquote>
      <Field label="Your name, as printed with your signatures" hint="Kept sealed under a key of your own.">
        {(attributes) => <input name="name" required minLength={2} autoComplete="name" {...attributes} />}
      </Field>
      <div className="actions">
        <button type="submit" className="button primary" disabled={leaving.busy}>
          Declare
        </button>
      </div>
      {leaving.problem && <Problem problem={leaving.problem} />}
    </form>
  )
}
