import styles from './progress-bar.module.css'

interface ProgressBarProps {
  readonly label: string
  readonly value: number
  /** 0 while nobody knows. */
  readonly max: number
}

export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const part = max > 0 ? Math.min(1, value / max) : 0
  const known = max > 0 ? { 'aria-valuenow': value } : {}
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max > 0 ? max : 100}
      {...known}
    >
      <div className={styles.bar} style={{ inlineSize: `${part * 100}%` }} />
    </div>
  )
}
