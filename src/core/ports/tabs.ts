/** Tells the other tabs that the library has changed, and hears it from them. */
export interface LibraryChanges {
  announce(): void
  listen(heard: () => void): void
}

/** The tabs of this origin: they share one library, and one of them writes to it at a time. */
export interface Tabs {
  /** Of this tab; no other tab has had it before. */
  readonly id: string
  /** Runs `work` while nobody else writes. A tab that closes or crashes gives its turn up. */
  write<T>(work: () => Promise<T>): Promise<T>
  /**
   * Runs `work` while no other tab does any of this name. Where one does, it waits, or runs `busy` instead if that is given.
   */
  alone<T>(name: string, work: () => Promise<T>, busy?: () => Promise<T>): Promise<T>
  /** Ids of the tabs that are open, this one included; `undefined` where the browser does not tell. */
  living(): Promise<ReadonlySet<string> | undefined>
  /** Calls `ended` each time that another tab was closed or has crashed. */
  watch(ended: () => void): void
  /** Calls `begin` when this tab is the one that does what only one of them need do; until its end it stays that. May be asked more than once. */
  lead(begin: () => void): void
}
