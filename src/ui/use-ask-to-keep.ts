import { useEffect } from 'react'
import { useApp, useAppState } from './app-context.ts'

/**
 * Asks the browser to keep what is stored, once, when there is something to keep: after documents were added. A page that
 * asks when it is loaded asks for nothing that anybody understands.
 */
export function useAskToKeep(): void {
  const { platform } = useApp()
  const added = useAppState(({ queue }) => !queue.running && queue.counts.done > 0)
  const imported = useAppState(
    ({ transfer: { outcome } }) => outcome?.kind === 'imported' && outcome.counts.added > 0,
  )
  const hasAdded = added || imported
  useEffect(() => {
    const { durable } = platform
    if (hasAdded && durable?.state.get() === 'at-risk') void durable.ask()
  }, [platform, hasAdded])
}
