import { useId, type ReactNode } from 'react'

interface Props {
  label: string
  /** How to fill it in; read out with the field. */
  hint?: string
  wide?: boolean
  children: (attributes: { id: string; 'aria-describedby': string | undefined }) => ReactNode
}

/** A labelled control. */
export function Field({ label, hint, wide = false, children }: Props) {
  const id = useId()
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': hint ? `${id}-hint` : undefined })}
      {hint && (
        <span id={`${id}-hint`} className="small quiet">
          {hint}
        </span>
      )}
    </div>
  )
}

interface TextProps {
  label: string
  name: string
  type?: 'text' | 'date' | 'datetime-local' | 'number'
  hint?: string
  required?: boolean
  value?: string
  wide?: boolean
  /** Lines of a text that may be long. */
  rows?: number
  /** Limits of a number. */
  min?: number
  max?: number
}

/** A control to write in. */
export function TextField({
  label,
  name,
  type = 'text',
  hint,
  required = false,
  value,
  wide,
  rows,
  min,
  max,
}: TextProps) {
  const common = { name, required, defaultValue: value }
  return (
    <Field label={label} hint={hint} wide={wide ?? rows !== undefined}>
      {(attributes) =>
        rows === undefined ? (
          <input type={type} min={min} max={max} autoComplete="off" {...common} {...attributes} />
        ) : (
          <textarea rows={rows} {...common} {...attributes} />
        )
      }
    </Field>
  )
}

export type Options = readonly (readonly [value: string, text: string])[]

interface ChoicesProps {
  label: string
  name: string
  options: Options
  chosen?: readonly string[]
}

/** Several of a list; the form sends each that is chosen under the same name. */
export function ChoicesField({ label, name, options, chosen = [] }: ChoicesProps) {
  return (
    <fieldset className="field wide">
      <legend>{label}</legend>
      <div className="choices">
        {options.map(([value, text]) => (
          <label key={value} className="choice">
            <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} /> {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Options of which none is preset: for reasons and grounds, which somebody answers for. */
export const toChoose = (options: Options): Options => [['', 'choose …'], ...options]

interface ReasonProps {
  /** Default: "Because". */
  label?: string
  /** Default: `reason`. */
  name?: string
  options: Options
}

/** One of a closed list that somebody answers for: it has to be chosen, and none is preset. */
export function ReasonField({ label = 'Because', name = 'reason', options }: ReasonProps) {
  return <SelectField label={label} name={name} value="" options={toChoose(options)} required />
}

/** What has to be ticked before an act that cannot be undone: the sentence says what it does. */
export function ConfirmField({ children }: { children: ReactNode }) {
  return (
    <label className="choice">
      <input type="checkbox" required /> {children}
    </label>
  )
}

interface SelectProps {
  label: string
  name: string
  value: string
  options: Options
  onChange?: (value: string) => void
  /** With `toChoose`: nothing is sent before one was chosen. */
  required?: boolean
}

export function SelectField({ label, name, value, options, onChange, required = false }: SelectProps) {
  const given = onChange
    ? { value, onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
    : {}
  return (
    <Field label={label}>
      {(attributes) => (
        <select name={name} required={required} {...(onChange ? given : { defaultValue: value })} {...attributes}>
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
