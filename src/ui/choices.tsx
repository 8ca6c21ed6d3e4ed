import { useId } from 'react'
import styles from './choices.module.css'

interface ChoicesProps<T extends string> {
  readonly legend: string
  readonly chosen: T
  readonly disabled: boolean
  readonly onChoose: (value: T) => void
  readonly choices: readonly (readonly [value: T, name: string, words: string])[]
}

/** One of a few, each with a sentence that says what it does. */
export function Choices<T extends string>({ legend, chosen, disabled, onChoose, choices }: ChoicesProps<T>) {
  const id = useId()
  return (
    <div className={styles.choices} role="radiogroup" aria-labelledby={id}>
      <h3 id={id}>{legend}</h3>
      {choices.map(([value, name, words]) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={id}
            checked={value === chosen}
            disabled={disabled}
            onChange={() => onChoose(value)}
          />
          <span>
            {name}
            <span className={styles.words}>{words}</span>
          </span>
        </label>
      ))}
    </div>
  )
}
