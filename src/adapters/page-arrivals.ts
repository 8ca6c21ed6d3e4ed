/** Files that come to the page from outside of it: opened with Belfry, or shared with it by another app. */
import { messageOf } from '../core/errors.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { takeShared } from './shared-files.ts'

export interface ArrivalListener {
  arrived(files: readonly SourceFile[]): void
  /** A sentence. */
  failed(reason: string): void
}

/** Chromium alone has it, for installed pages. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void
}

/** What the service worker adds to the page's address when there was no room for what was shared. */
const FAILED = 'failed'

/** Call it once. What has come before is told of, too. */
export function listenForArrivals(listener: ArrivalListener): void {
  async function tell(work: Promise<readonly SourceFile[]>, what: string): Promise<void> {
    try {
      const files = await work
      if (files.length > 0) listener.arrived(files)
    } catch (error) {
      listener.failed(`${what} could not be read: ${messageOf(error)}`)
    }
  }
  const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue }
  launchQueue?.setConsumer(({ files = [] }) => void tell(readAll(files), 'What was opened with Belfry'))
  if (new URLSearchParams(location.search).get('shared') === FAILED) {
    listener.failed('What was shared with Belfry was not kept: this device has no more room for it.')
  }
  void tell(takeShared(), 'What was shared with Belfry')
  forgetQuestion()
}

async function readAll(handles: readonly FileSystemHandle[]): Promise<SourceFile[]> {
  return Promise.all(handles.filter(isFile).map(readOne))
}

async function readOne(handle: FileSystemFileHandle): Promise<SourceFile> {
  const blob = await handle.getFile()
  return { name: blob.name, path: blob.name, modifiedAt: blob.lastModified, blob }
}

/** So that a reload does not say it again. */
function forgetQuestion(): void {
  const url = new URL(location.href)
  if (!url.searchParams.has('shared')) return
  url.searchParams.delete('shared')
  history.replaceState(history.state, '', url)
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}
