import { lazy } from 'react'
import controls from './controls.module.css'
import layout from './layout.module.css'

interface QualityViewProps {
  readonly onClose: () => void
}

/** The Quality page, fetched when it is first asked for: few people need it, and the first load is for searching. */
export const LazyQualityView = lazy(async () => {
  try {
    const { QualityView } = await import('./quality-view.tsx')
    return { default: QualityView }
  } catch {
    return { default: Missing }
  }
})

function Missing({ onClose }: QualityViewProps) {
  return (
    <main className={layout.main}>
      <p role="alert">This page could not be fetched. Look at the connection, then load Belfry again.</p>
      <button type="button" className={controls.button} onClick={onClose}>
        Back to the search
      </button>
    </main>
  )
}
