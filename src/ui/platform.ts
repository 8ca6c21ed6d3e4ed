/** Facts of the browser that the page shows and that come from outside the engine. */

import type { SourceFile } from '../core/ports/files.ts'

/** A value that changes now and then. `get` must give the same value until a listener was told. */
export interface Observable<T> {
  readonly get: () => T
  /** Returns the way to stop listening. */
  readonly subscribe: (listener: () => void) => () => void
}

export interface Platform {
  /** True when a newer version of the page waits to take over. */
  readonly updateReady: Observable<boolean>
  /** Lets the newer version take over and loads the page again. */
  reload(): void
  /** Left out where the browser cannot install pages, or never says so. */
  readonly install?: {
    /** True while the browser would show its install dialog. */
    readonly available: Observable<boolean>
    prompt(): Promise<void>
  }
  /** Files from outside of the page: opened with it, or shared with it. To be called once. */
  readonly arrivals?: (listener: {
    arrived(files: readonly SourceFile[]): void
    /** A sentence. */
    failed(reason: string): void
  }) => void
  /** Left out where the browser promises nothing. */
  readonly durable?: {
    /** Whether what is stored stays, also when the disk is full. */
    readonly state: Observable<'unknown' | 'kept' | 'at-risk'>
    ask(): Promise<void>
  }
}
