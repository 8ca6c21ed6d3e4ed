import { type InputHTMLAttributes, useId } from 'react'
import styles from './transfer.module.css'

export interface LabelledInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Below the field, and read with it. */
  readonly hint?: string | undefined
}

type Kind = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'autoCapitalize' | 'spellCheck'
>

/** What a text field and a passphrase field have in common. */
export function LabelledInput({ label, value, onChange, hint, ...kind }: LabelledInputProps & Kind) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        {...kind}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={event => onChange(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.soft}>
          {hint}
        </p>
      )}
    </div>
  )
}
