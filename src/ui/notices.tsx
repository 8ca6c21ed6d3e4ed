import type { ReactNode } from 'react'
import { useApp, useAppState, useObservable } from './app-context.ts'
import controls from './controls.module.css'
import styles from './notices.module.css'
import { leftBehindWords } from './left-behind-words.ts'
import { outcomeWords, stepWords } from './transfer-words.ts'

interface NoticesProps {
  readonly onStorage: () => void
  /** Shows how far synchronising is; left out while it is shown. */
  readonly onServer: (() => void) | undefined
  /** Shows the transfer that runs; left out while it is shown. */
  readonly onTransfer: (() => void) | undefined
  /** Shows how documents are cut again; left out while it is shown. */
  readonly onPassages: (() => void) | undefined
}

/** Sentences below the header, for as long as they are true. */
export function Notices({ onStorage, onServer, onTransfer, onPassages }: NoticesProps) {
  return (
    <section aria-label="Notices" className={styles.notices}>
      <UpdateNotice />
      <LibraryNotice />
      <LeftBehindNotice />
      <RebuiltNotice />
      <StorageNotice onStorage={onStorage} />
      {onTransfer !== undefined && <TransferNotice onShow={onTransfer} />}
      {onServer !== undefined && <SyncNotice onShow={onServer} />}
      {onPassages !== undefined && <CuttingNotice onShow={onPassages} />}
      <TroubleNotice />
      <LinksNotice />
      <ModelNotice />
    </section>
  )
}

function UpdateNotice() {
  const { platform } = useApp()
  if (!useObservable(platform.updateReady)) return null
  return (
    <Notice action={<Action label="Reload" onClick={() => platform.reload()} />}>
      A new version of Belfry is ready.
    </Notice>
  )
}

function LibraryNotice() {
  const library = useAppState(state => state.library)
  if (library.kind !== 'failed') return null
  return (
    <Notice alarming action={<Action label="Reload the page" onClick={() => location.reload()} />}>
      {library.code !== 'NewerBelfry' && 'The library could not be opened. '}
      {library.message}
    </Notice>
  )
}

function StorageNotice({ onStorage }: { readonly onStorage: () => void }) {
  const { store } = useApp()
  if (!useAppState(state => state.storageFull)) return null
  const dismiss = () => store.tell({ type: 'storage-notice-dismissed' })
  return (
    <Notice
      alarming
      action={
        <>
          <Action label="What takes the space" onClick={onStorage} />
          <Action label="Dismiss" onClick={dismiss} />
        </>
      }
    >
      This device has no more room for Belfry. What is stored stays searchable; remove some documents, or free
      some space, and add the rest again.
    </Notice>
  )
}

function LeftBehindNotice() {
  const { engine } = useApp()
  const paths = useAppState(state => state.leftBehind)
  if (paths.length === 0) return null
  return (
    <Notice action={<Action label="Dismiss" onClick={() => void engine.forgetLeftBehind()} />}>
      {leftBehindWords(paths)}
    </Notice>
  )
}

function RebuiltNotice() {
  const { store } = useApp()
  const why = useAppState(state => state.rebuilt)
  const isRunning = useAppState(state => state.restore !== undefined)
  if (why === undefined) return null
  const dismiss = () => store.tell({ type: 'rebuilt-dismissed' })
  return (
    <Notice action={<Action label="Dismiss" onClick={dismiss} />}>
      The search index {why}, so it {isRunning ? 'is being' : 'was'} made again from the library. Nothing is
      lost.
    </Notice>
  )
}

/** A transfer whose dialog was closed goes on, and what comes of it is told here. */
function TransferNotice({ onShow }: { readonly onShow: () => void }) {
  const { store } = useApp()
  const { running, outcome } = useAppState(state => state.transfer)
  if (running !== undefined) {
    return <Notice action={<Action label="Show" onClick={onShow} />}>{stepWords(running)}…</Notice>
  }
  if (outcome === undefined) return null
  const dismiss = () => store.tell({ type: 'transfer-settled' })
  return (
    <Notice alarming={outcome.kind === 'failed'} action={<Action label="Dismiss" onClick={dismiss} />}>
      {outcomeWords(outcome)}
    </Notice>
  )
}

/** Synchronising goes on without its dialog; a failure of it is told here. */
function SyncNotice({ onShow }: { readonly onShow: () => void }) {
  const { store } = useApp()
  const { server, unseen } = useAppState(state => state.sync)
  const activity = server?.activity
  if (activity !== undefined) {
    const words = activity.paused ? 'Synchronising is paused' : 'Synchronising with the server…'
    return <Notice action={<Action label="Show" onClick={onShow} />}>{words}</Notice>
  }
  if (unseen?.kind !== 'failed') {
    const connection = server?.connection
    if (connection === undefined || connection.every === 0 || connection.needs === 'nothing') return null
    return (
      <Notice action={<Action label="Show" onClick={onShow} />}>
        Synchronising waits for the {connection.needs} of the server.
      </Notice>
    )
  }
  const dismiss = () => store.tell({ type: 'sync-seen' })
  return (
    <Notice
      alarming
      action={
        <>
          <Action label="Show" onClick={onShow} />
          <Action label="Dismiss" onClick={dismiss} />
        </>
      }
    >
      Synchronising has failed. {unseen.sentence}
    </Notice>
  )
}

/** Cutting everything again goes on when its dialog is closed, and after a reload. */
function CuttingNotice({ onShow }: { readonly onShow: () => void }) {
  const isRunning = useAppState(state => state.passages?.running !== undefined)
  const trouble = useAppState(state => state.passages?.trouble)
  if (!isRunning && trouble === undefined) return null
  return (
    <Notice alarming={!isRunning} action={<Action label="Show" onClick={onShow} />}>
      {isRunning ? 'Documents are being cut into passages again…' : trouble}
    </Notice>
  )
}

function TroubleNotice() {
  const { store } = useApp()
  const trouble = useAppState(state => state.trouble)
  if (trouble === undefined) return null
  const dismiss = () => store.tell({ type: 'trouble-dismissed' })
  return (
    <Notice alarming action={<Action label="Dismiss" onClick={dismiss} />}>
      {trouble}
    </Notice>
  )
}

/** Whoever pastes addresses may expect the pages. */
function LinksNotice() {
  const { store } = useApp()
  const links = useAppState(state => state.pastedLinks)
  if (links === 0) return null
  const dismiss = () => store.tell({ type: 'links-dismissed' })
  return (
    <Notice action={<Action label="Dismiss" onClick={dismiss} />}>
      {links === 1 ? 'The link was' : `The ${links} links were`} kept as a note. Belfry fetches nothing from
      the web: save a page, and drop its file here, to search it.
    </Notice>
  )
}

function ModelNotice() {
  const { store, engine } = useApp()
  const model = useAppState(state => state.model)
  if (model.kind !== 'failed') return null
  function retry(): void {
    store.tell({ type: 'model-retried' })
    void engine.retryModel()
  }
  return (
    <Notice alarming action={<Action label="Try again" onClick={retry} />}>
      {model.message}
    </Notice>
  )
}

interface NoticeProps {
  readonly alarming?: boolean
  readonly action: ReactNode
  readonly children: ReactNode
}

function Notice({ alarming = false, action, children }: NoticeProps) {
  return (
    <div className={alarming ? styles.alarm : styles.notice} role={alarming ? 'alert' : 'status'}>
      <p>{children}</p>
      {action}
    </div>
  )
}

function Action({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className={controls.button} onClick={onClick}>
      {label}
    </button>
  )
}
