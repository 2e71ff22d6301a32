import type { InputReason, RunStep } from '../../api/simulations.js'
import { Notice } from '../../components/notice.js'
import { words } from '../../components/values.js'
import { REFUSALS } from '../consents/consent-words.js'
import { reasonText, type InputNames } from './run-words.js'

/** Why a run did not come to a result, reason by reason. */
export function RefusalNotice({ steps, names }: { steps: RunStep[]; names: InputNames }) {
  const end = steps.find(({ type }) => type === 'simulation.refused' || type === 'simulation.failed')
  if (!end?.data) return null
  const { headline, reasons } = explained(end.data, names)
  return (
    <Notice tone={end.type === 'simulation.failed' ? 'bad' : 'caution'}>
      <p>
        <strong>{headline}</strong>
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </Notice>
  )
}

function explained(data: Record<string, unknown>, names: InputNames): { headline: string; reasons: string[] } {
  if (data.stage === 'consent') {
    const codes = data.codes as string[]
    return {
      headline: 'Refused: consent does not cover it.',
      reasons: codes.map((code) => REFUSALS[code] ?? words(code)),
    }
  }
  if (data.stage === 'trial')
    return { headline: 'Refused: the person left the trial.', reasons: ['Nothing new is computed in it.'] }
  if (data.stage === 'inputs') {
    const reasons = data.reasons as InputReason[]
    return {
      headline: 'Refused: the twin does not hold what the model needs.',
      reasons: reasons.map((reason) => reasonText(reason, names)),
    }
  }
  return { headline: 'The run failed.', reasons: [words(String(data.code))] }
}
