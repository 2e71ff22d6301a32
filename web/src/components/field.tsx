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

interface SelectProps {
  label: string
  name: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  onChange?: (value: string) => void
}

export function SelectField({ label, name, value, options, onChange }: SelectProps) {
  const given = onChange
    ? { value, onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
    : {}
  return (
    <Field label={label}>
      {(attributes) => (
        <select name={name} {...(onChange ? given : { defaultValue: value })} {...attributes}>
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
