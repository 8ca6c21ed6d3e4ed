/**
 * A cache of the library that can be saved in parts, and had back without the library's texts and vectors. What is had
 * back may lag behind the library; `reconcile` makes them equal.
 */
export interface Saveable {
  /**
   * What the parts mean. Changes with the code that writes them, and with everything else that their contents depend on
   * beside the library: parts of another format are never given to `restore`.
   */
  readonly format: string
  /** All parts as they stand. While nothing is changed, they belong together. */
  parts(): Promise<readonly PartState[]>
  /** A copy of its bytes. */
  readPart(name: string): Promise<Uint8Array<ArrayBuffer>>
  /**
   * Takes the place of all contents; the parts then count as they were saved. Bytes have passed their checksums, which
   * guard against accidents: bounds are still looked at.
   * @throws Error when the parts do not fit together, or one could not be read. The contents are empty then.
   */
  restore(parts: readonly SavedPart[]): Promise<void>
}

export interface PartState {
  readonly name: string
  /** The same as long as the bytes are the same, also after `restore`; every other state of the part has another. */
  readonly version: number
}

export interface SavedPart extends PartState {
  /** @throws Error when it is damaged or gone. */
  read(): Promise<Uint8Array<ArrayBuffer>>
}
