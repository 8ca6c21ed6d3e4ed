import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import './tokens.css'
import './base.css'
import type { Engine } from '../app/engine-api.ts'
import type { DocumentId } from '../core/document.ts'
import type { AppStore } from '../state/create-store.ts'
import { selectIsEmpty } from '../state/selectors.ts'
import { AddingBar, DETAILS_BUTTON } from './adding-bar.tsx'
import { AppContext, useApp, useAppState } from './app-context.ts'
import { ClearDialog } from './clear-dialog.tsx'
import { DropOverlay } from './drop-overlay.tsx'
import { EmptyLibrary } from './empty-library.tsx'
import { useDroppedFolders } from './folder-offers.tsx'
import { Header, LIBRARY_TOGGLE, MENU_BUTTON } from './header.tsx'
import layout from './layout.module.css'
import { LazyQualityView } from './lazy-quality-view.tsx'
import { LibraryPanel } from './library-panel.tsx'
import { LazyTransferDialog, type TransferDialog } from './lazy-transfer-dialog.tsx'
import { MenuDialog } from './menu-dialog.tsx'
import { Notices } from './notices.tsx'
import type { Platform } from './platform.ts'
import { Preview } from './preview.tsx'
import { RemovalToast } from './removal-toast.tsx'
import { Results } from './results.tsx'
import { SEARCH_FIELD } from './search-field.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { StatusLine } from './status-line.tsx'
import { useAddFiles } from './use-add-files.ts'
import { useArrivals } from './use-arrivals.ts'
import { useAskToKeep } from './use-ask-to-keep.ts'
import { useOpeningLog } from './use-opening-log.ts'
import { usePaste } from './use-paste.ts'
import { usePreview } from './use-preview.ts'
import { useSearch } from './use-search.ts'
import { useShortcuts } from './use-shortcuts.ts'

interface AppProps {
  /** Made by `createAppStore`; whoever composes the page passes the engine's events on with `store.receive`. */
  readonly store: AppStore
  /** `subscribe` and `start` are the composer's to call; everything else is called from here. */
  readonly engine: Engine
  readonly platform: Platform
}

/** The whole page. The three props must stay the same objects while the page lives. */
export function App({ store, engine, platform }: AppProps) {
  const parts = useMemo(() => ({ store, engine, platform }), [store, engine, platform])
  return (
    <AppContext value={parts}>
      <Page />
    </AppContext>
  )
}

/** Few open it, so it is no part of the first load. */
const LearningDialog = lazy(async () => ({
  default: (await import('./learning-dialog.tsx')).LearningDialog,
}))

const FoldersDialog = lazy(async () => ({
  default: (await import('./folders-dialog.tsx')).FoldersDialog,
}))

const ColumnsDialog = lazy(async () => ({
  default: (await import('./columns-dialog.tsx')).ColumnsDialog,
}))

const PassagesDialog = lazy(async () => ({
  default: (await import('./passages-dialog.tsx')).PassagesDialog,
}))

const SearchEngineDialog = lazy(async () => ({
  default: (await import('./search-engine-dialog.tsx')).SearchEngineDialog,
}))

const ServerDialog = lazy(async () => ({
  default: (await import('./server-dialog.tsx')).ServerDialog,
}))

type OpenDialog =
  | 'clear'
  | 'engine'
  | 'folders'
  | 'learning'
  | 'menu'
  | 'passages'
  | 'server'
  | 'shortcuts'
  | TransferDialog
  | undefined

function Page() {
  const { store } = useApp()
  const [quality, setQuality] = useState(false)
  const [libraryShown, setLibraryShown] = useState(false)
  const [queueShown, setQueueShown] = useState(false)
  const [chosen, setDialog] = useState<OpenDialog>()
  const preview = usePreview()
  const empty = useAppState(selectIsEmpty)
  const opened = useAppState(state => state.library.kind === 'open')
  const hasLibrary = opened && !empty
  const hadLibrary = useRef(false)
  const running = useAppState(state => state.transfer.running?.step)
  const columnsOf = useAppState(state => state.columnsOf)
  const isAsked = useAppState(state => state.transfer.file !== undefined)
  // A library file that was dropped comes before whatever is open.
  const dialog = isAsked ? 'import' : chosen
  useSearch()
  useAskToKeep()
  useShortcuts({
    step: preview.step,
    showShortcuts: () => setDialog('shortcuts'),
    back() {
      if (quality) closeQuality()
      else if (preview.opened !== undefined) preview.close()
      else if (libraryShown) toggleLibrary()
      else return false
      return true
    },
  })
  useEffect(() => {
    // Clearing takes away the button that was pressed last, and focus must not go with it.
    if (!hasLibrary && hadLibrary.current) document.getElementById(SEARCH_FIELD)?.focus()
    hadLibrary.current = hasLibrary
  }, [hasLibrary])
  const open = useOpeningLog(preview)
  const openDocument = useCallback(
    (id: DocumentId) => {
      const document = store.getState().documents.get(id)
      if (document !== undefined)
        open({ id, title: document.title, path: document.path, hits: [], current: 0 })
    },
    [store, open],
  )
  function toggleLibrary(): void {
    setLibraryShown(!libraryShown)
    if (libraryShown) document.getElementById(LIBRARY_TOGGLE)?.focus()
  }
  function closeQuality(): void {
    flushSync(() => setQuality(false))
    document.getElementById(MENU_BUTTON)?.focus()
  }
  function openQueue(): void {
    flushSync(() => {
      setDialog(undefined)
      setQueueShown(true)
    })
    document.getElementById(DETAILS_BUTTON)?.focus()
  }
  function openQuality(): void {
    setDialog(undefined)
    setQuality(true)
  }
  const closeDialog = () => setDialog(undefined)
  const openTransfer = (name: TransferDialog) => () => {
    // What came of the last one was seen by now.
    store.tell({ type: 'transfer-settled' })
    setDialog(name)
  }
  function closeTransfer(): void {
    setDialog(undefined)
    store.tell({ type: 'transfer-settled' })
  }
  const add = useAddFiles()
  const offerFolders = useDroppedFolders()
  usePaste(!quality, add)
  useArrivals(add)
  return (
    <div className={layout.page} data-preview={preview.opened !== undefined} data-library={hasLibrary}>
      {quality ? (
        <Suspense>
          <LazyQualityView onClose={closeQuality} />
        </Suspense>
      ) : (
        <>
          <Header
            libraryShown={libraryShown}
            onToggleLibrary={toggleLibrary}
            onMenu={() => setDialog('menu')}
          />
          <Notices
            onStorage={() => setDialog('storage')}
            onServer={dialog === 'server' ? undefined : () => setDialog('server')}
            onTransfer={
              dialog === 'export' || dialog === 'import'
                ? undefined
                : () => setDialog(running === 'exporting' ? 'export' : 'import')
            }
            onPassages={dialog === 'passages' ? undefined : () => setDialog('passages')}
          />
          <div className={layout.columns}>
            {hasLibrary && (
              <LibraryPanel
                shown={libraryShown}
                onClose={toggleLibrary}
                onOpen={openDocument}
                onClear={() => setDialog('clear')}
                onStorage={() => setDialog('storage')}
                onFolders={() => setDialog('folders')}
              />
            )}
            <main className={layout.main}>
              <StatusLine />
              {empty ? (
                <EmptyLibrary onImport={openTransfer('import')} />
              ) : (
                opened && <Results onOpen={open} />
              )}
            </main>
            {preview.opened !== undefined && (
              <Preview
                opened={preview.opened}
                onStep={preview.step}
                onClose={preview.close}
                onOpen={openDocument}
              />
            )}
          </div>
          <DropOverlay label="Drop to add to the library" onFiles={add} onFolders={offerFolders} />
        </>
      )}
      <AddingBar details={queueShown} onDetails={setQueueShown} />
      <RemovalToast />
      {dialog === 'clear' && <ClearDialog onClose={closeDialog} />}
      {dialog === 'menu' && (
        <MenuDialog
          onClose={closeDialog}
          onExport={openTransfer('export')}
          onImport={openTransfer('import')}
          onAdding={openQueue}
          onStorage={() => setDialog('storage')}
          onFolders={() => setDialog('folders')}
          onLearning={() => setDialog('learning')}
          onPassages={() => setDialog('passages')}
          onQuality={openQuality}
          onSearchEngine={() => setDialog('engine')}
          onServer={() => setDialog('server')}
          onShortcuts={() => setDialog('shortcuts')}
        />
      )}
      {(dialog === 'export' || dialog === 'import' || dialog === 'storage') && (
        <LazyTransferDialog name={dialog} onClose={closeTransfer} />
      )}
      {dialog === 'folders' && (
        <Suspense>
          <FoldersDialog onClose={closeDialog} />
        </Suspense>
      )}
      {columnsOf !== undefined && (
        <Suspense>
          <ColumnsDialog document={columnsOf} onClose={() => store.tell({ type: 'columns-settled' })} />
        </Suspense>
      )}
      {dialog === 'learning' && (
        <Suspense>
          <LearningDialog onClose={closeDialog} />
        </Suspense>
      )}
      {dialog === 'passages' && (
        <Suspense>
          <PassagesDialog onClose={closeDialog} />
        </Suspense>
      )}
      {dialog === 'server' && (
        <Suspense>
          <ServerDialog onClose={closeDialog} />
        </Suspense>
      )}
      {dialog === 'engine' && (
        <Suspense>
          <SearchEngineDialog onClose={closeDialog} />
        </Suspense>
      )}
      {dialog === 'shortcuts' && <ShortcutsDialog onClose={closeDialog} />}
    </div>
  )
}
