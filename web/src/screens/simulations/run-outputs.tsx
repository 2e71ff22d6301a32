import type { OutputSpecification } from '../../api/simulations.js'
import { Panel } from '../../components/panel.js'
import { inPrint } from '../../components/unit.js'
import { words } from '../../components/values.js'
import { numberText, outputAt, outputsIn } from './outputs.js'

/** What came out, in the terms of the model's own specification. */
export function RunOutputs({ outputs, specifications }: { outputs: object; specifications: OutputSpecification[] }) {
  const shown = outputsIn(outputs, specifications)
  return (
    <Panel title="What came out">
      <dl className="outputs">
        {shown.map((specification) => (
          <Output
            key={specification.name}
            specification={specification}
            variant={variantOf(specification, shown)}
            value={outputAt(outputs, specification.name)}
          />
        ))}
      </dl>
      <p className="small quiet">A model's estimate about people like this one; not a diagnosis.</p>
    </Panel>
  )
}

/** Short names in specifications, spelled out. */
const OUTCOMES: readonly (readonly [short: string, long: string])[] = [
  ['total_cvd', 'cardiovascular disease'],
  ['ascvd', 'atherosclerotic disease'],
  ['heart_failure', 'heart failure'],
  ['chd', 'coronary heart disease'],
]

const spelledOut = (quantity: string): string =>
  OUTCOMES.reduce((text, [short, long]) => text.replace(new RegExp(`\\b${short}\\b`), long), quantity)

/** What tells an output from others of the same quantity, such as `untreated`; empty where it is the only one. */
function variantOf({ name, quantity }: OutputSpecification, shown: readonly OutputSpecification[]): string {
  const isOnly = shown.filter((other) => other.quantity === quantity).length === 1
  return isOnly || !name.includes('.') ? '' : words(name.slice(0, name.lastIndexOf('.')))
}

interface OutputProps {
  specification: OutputSpecification
  variant: string
  value: unknown
}

function Output({ specification, variant, value }: OutputProps) {
  const isRisk = /risk|probability/i.test(specification.quantity) && typeof value === 'number'
  return (
    <div>
      <dt>
        {spelledOut(specification.quantity)}
        {variant && (
          <>
            , <strong>{variant}</strong>
          </>
        )}
      </dt>
      <dd>{isRisk ? <Risk of={value} /> : <PlainValue value={value} unit={specification.unit} />}</dd>
    </div>
  )
}

/** A probability as a share, as people among a hundred, and as a bar. */
function Risk({ of: risk }: { of: number }) {
  const percent = risk * 100
  return (
    <>
      <strong className="number">{percent.toFixed(1)} %</strong>{' '}
      <span className="quiet">{risk < 0.01 ? 'fewer than 1' : `about ${Math.round(percent)}`} in 100 people</span>
      <svg className="risk-bar" width="100%" height="10" aria-hidden="true">
        <rect width={`${percent}%`} height="10" />
      </svg>
    </>
  )
}

function PlainValue({ value, unit }: { value: unknown; unit: string | undefined }) {
  if (value === null) return <span className="quiet">does not apply to this person</span>
  return (
    <strong className="number">
      {typeof value === 'number' ? numberText(value) : String(value)}
      {inPrint(unit ?? '1')}
    </strong>
  )
}
