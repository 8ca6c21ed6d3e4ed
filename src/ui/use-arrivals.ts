import { useEffect } from 'react'
import type { SourceFile } from '../core/ports/files.ts'
import { useApp } from './app-context.ts'

/** Takes files in that were opened with the page, or shared with it. */
export function useArrivals(onFiles: (files: readonly SourceFile[]) => void): void {
  const { platform, store } = useApp()
  useEffect(
    () =>
      platform.arrivals?.({
        arrived: onFiles,
        failed: message => store.tell({ type: 'trouble-met', message }),
      }),
    [platform, store, onFiles],
  )
}
