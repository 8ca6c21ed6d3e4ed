import { FolderSync } from 'lucide-react'
import { useCallback } from 'react'
import type { FolderHandle } from '../core/folder-state.ts'
import { useApp, useAppState } from './app-context.ts'
import { askToRead, isSameFolder } from './choose-folder.ts'
import controls from './controls.module.css'
import styles from './folder-offers.module.css'

interface FolderOffersProps {
  /** Whether folders of earlier drops are left out. */
  readonly recent: boolean
  /** One was taken, and its button is gone. */
  readonly onTaken: () => void
}

/** Folders that were dropped, to be looked at again by itself: nobody is asked, and nothing is lost by not answering. */
export function FolderOffers({ recent, onTaken }: FolderOffersProps) {
  const { engine, store } = useApp()
  const dropped = useAppState(state => state.droppedFolders)
  async function follow(folder: FolderHandle): Promise<void> {
    const mayRead = await askToRead(folder)
    store.tell({ type: 'folder-offer-settled', folder })
    onTaken()
    if (mayRead) await engine.rememberFolder(folder)
  }
  return dropped
    .filter(({ isRecent }) => isRecent || !recent)
    .map(({ handle }, i) => (
      // Two folders may have one name, and neither moves.
      // oxlint-disable-next-line react/no-array-index-key
      <button
        key={`${handle.name} ${i}`}
        type="button"
        className={`${controls.quiet} ${styles.offer}`}
        title="At each start, and under Folders in the menu"
        onClick={() => void follow(handle)}
      >
        <FolderSync size={18} />
        <span className={styles.words}>Keep looking at “{handle.name}”</span>
      </button>
    ))
}

/** Offers to look again at folders that were dropped, but for those that are looked at anyway. */
export function useDroppedFolders(): (folders: readonly FolderHandle[]) => void {
  const { store } = useApp()
  return useCallback(
    (folders: readonly FolderHandle[]) => {
      async function offer(): Promise<void> {
        const known = store.getState().folders.map(({ handle }) => handle)
        const isKnown = await Promise.all(folders.map(folder => isAmong(folder, known)))
        const fresh = folders.filter((_, i) => isKnown[i] === false)
        const offered = store.getState().droppedFolders.map(({ handle }) => handle)
        const isAgain = await Promise.all(offered.map(folder => isAmong(folder, fresh)))
        const earlier = offered.filter((_, i) => isAgain[i] === false)
        if (fresh.length > 0) store.tell({ type: 'folders-dropped', folders: fresh, earlier })
      }
      void offer()
    },
    [store],
  )
}

async function isAmong(folder: FolderHandle, others: readonly FolderHandle[]): Promise<boolean> {
  for (const other of others) if (await isSameFolder(folder, other)) return true
  return false
}
