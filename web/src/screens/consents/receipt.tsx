import { readReceipt } from '../../api/consents.js'
import { useAction } from '../../api/use-action.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'

/** Hands the receipt over, to keep or to print. */
export function Receipt({ subject, consent }: { subject: string; consent: string }) {
  const { run, busy, problem } = useAction(async () => {
    saveFile(`consent-receipt-${consent}.html`, (await readReceipt(subject, consent)).content)
  })
  return (
    <>
      <div className="actions">
        <button type="button" className="button" disabled={busy} onClick={() => void run()}>
          Receipt
        </button>
      </div>
      {problem && <Problem problem={problem} />}
    </>
  )
}
