/** Where model files come from: the page's own origin, or a hub. */
export interface ModelSource {
  /** @throws ModelUnavailable when it cannot be reached. */
  manifest(): Promise<unknown>
  /** The bytes of one file as they arrive. @throws ModelUnavailable. */
  read(path: string): AsyncIterable<Uint8Array>
}

/** Model files by the SHA-256 of their bytes, on this device. */
export interface ModelStore {
  get(sha256: string): Promise<Uint8Array | undefined>
  /** @throws StorageFull; nothing is stored then. */
  put(sha256: string, bytes: Uint8Array): Promise<void>
  delete(sha256: string): Promise<void>
  /** Removes every file that is not named. */
  keepOnly(sha256: readonly string[]): Promise<void>
  /** The manifest kept last, for a start without its source. */
  manifest(): Promise<unknown>
  keepManifest(manifest: unknown): Promise<void>
  /** Bytes of all files together. */
  size(): Promise<number>
}
