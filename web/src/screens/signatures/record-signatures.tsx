import { listSignatures } from '../../api/signatures.js'
import type { SignatureMeaning } from '../../../../src/signatures/meanings.js'
import { useResource } from '../../api/use-resource.js'
import { Loaded } from '../../components/loaded.js'
import { useMay } from '../../session/use-session.js'
import { SignPanel } from './sign-panel.js'

interface Props {
  stream: string
  /** What the person sees, and so signs. */
  revision: number
  /** What a signature on this record most likely says. */
  suggested?: SignatureMeaning
  /** Where a page shows more than one record. */
  title?: string
  /** Told when a signature was added, for a screen on which something follows from it. */
  signed?: () => void
}

/** The signatures on any record, and the way to sign it, for whoever may read them. */
export function RecordSignatures(props: Props) {
  const may = useMay('signature.read')
  return may ? <Readable {...props} /> : null
}

function Readable({ stream, signed, ...shown }: Props) {
  const { resource, reload } = useResource(`signatures ${stream}`, (signal) => listSignatures(stream, signal))
  const added = () => {
    reload()
    signed?.()
  }
  return (
    <Loaded resource={resource} retry={reload} what="the signatures">
      {({ signatures, next }) => (
        <>
          <SignPanel stream={stream} {...shown} signatures={signatures.toReversed()} signed={added} />
          {next !== undefined && <p className="quiet">Only the newest {signatures.length} signatures are shown.</p>}
        </>
      )}
    </Loaded>
  )
}
