import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import controls from './controls.module.css'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The browser's own modal dialog: it keeps focus inside, closes on Escape and gives focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={heading} onClose={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button
          type="button"
          className={controls.icon}
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <X size={18} />
        </button>
      </header>
      {children}
    </dialog>
  )
}
