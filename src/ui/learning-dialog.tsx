import { useEffect } from 'react'
import { useApp, useAppState } from './app-context.ts'
import { Dialog } from './dialog.tsx'
import { OpeningsSection } from './openings-section.tsx'

/** What Belfry may learn from its user. */
export function LearningDialog({ onClose }: { readonly onClose: () => void }) {
  const { engine } = useApp()
  const learning = useAppState(state => state.learning)
  useEffect(() => {
    void engine.measureLearning()
  }, [engine])
  return (
    <Dialog title="Learning" onClose={onClose}>
      {learning === undefined ? (
        <p>Looking at what has been noted…</p>
      ) : (
        <OpeningsSection learning={learning} />
      )}
    </Dialog>
  )
}
