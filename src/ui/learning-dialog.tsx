import { useEffect } from 'react'
import { useApp, useAppState } from './app-context.ts'
import { Dialog } from './dialog.tsx'
import { LearnSection } from './learn-section.tsx'
import { OpeningsSection } from './openings-section.tsx'
import { VersionsSection } from './versions-section.tsx'

/** What Belfry may learn from its user, and what it has learned. */
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
        <>
          <OpeningsSection learning={learning} />
          <LearnSection learning={learning} />
          <VersionsSection learning={learning} />
        </>
      )}
    </Dialog>
  )
}
