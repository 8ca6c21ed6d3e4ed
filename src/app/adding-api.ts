import type { Ticket } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'

/** Files on their way into the library. What becomes of each is told by `files-queued` and `file-changed`. */
export interface Adding {
  /** They come before all that waits already. */
  add(files: readonly SourceFile[]): Promise<void>
  /** Stops between batches; what is stored stays. */
  cancelAdding(): Promise<void>
  /** Begins nothing new until `resumeAdding`; what is in hand is finished. Told by `adding-paused`. */
  pauseAdding(): Promise<void>
  resumeAdding(): Promise<void>
  /** A file that failed. */
  retry(ticket: Ticket): Promise<void>
  retryFailed(): Promise<void>
  /** Whether nobody looks at the page: adding leaves half of the device to others then. */
  inBackground(is: boolean): Promise<void>
}
