import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DocumentId } from '../core/document.ts'
import { AlikeLine } from './alike-line.tsx'
import controls from './controls.module.css'
import { DocumentText } from './document-text.tsx'
import type { OpenHit } from './opened.ts'
import styles from './preview.module.css'
import { useDocumentContents } from './use-document-contents.ts'

interface PreviewProps {
  readonly opened: OpenHit
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
  readonly onOpen: (id: DocumentId) => void
}

export function Preview({ opened, onStep, onClose, onOpen }: PreviewProps) {
  const contents = useDocumentContents(opened.id)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    section.current?.focus()
  }, [opened.id])
  return (
    <section ref={section} className={styles.preview} tabIndex={-1} aria-label={`Preview of ${opened.title}`}>
      <header className={styles.head}>
        <div className={styles.names}>
          <h2>{opened.title}</h2>
          <p>{opened.path}</p>
        </div>
        {opened.hits.length > 1 && <Steps opened={opened} onStep={onStep} />}
        <button type="button" className={controls.icon} aria-label="Close the preview" onClick={onClose}>
          <X size={18} />
        </button>
      </header>
      <AlikeLine id={opened.id} onOpen={onOpen} />
      {contents === 'gone' && <p className={styles.gone}>This document is no longer in the library.</p>}
      {typeof contents === 'object' && (
        <DocumentText contents={contents} hit={opened.hits[opened.current]} key={opened.id} />
      )}
    </section>
  )
}

function Steps({ opened, onStep }: Pick<PreviewProps, 'opened' | 'onStep'>) {
  return (
    <div className={styles.steps}>
      <button type="button" className={controls.icon} aria-label="Previous hit" onClick={() => onStep(-1)}>
        <ChevronLeft size={18} />
      </button>
      <span role="status">
        {opened.current + 1} of {opened.hits.length}
      </span>
      <button type="button" className={controls.icon} aria-label="Next hit" onClick={() => onStep(1)}>
        <ChevronRight size={18} />
      </button>
    </div>
  )
}
