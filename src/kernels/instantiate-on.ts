/** A module of kernels on a memory that is not its own. */
export interface Placed<Exports> {
  readonly exports: Exports
  /** The address of an array in the memory. @throws Error when the array lives elsewhere. */
  readonly place: (view: Float32Array | Int32Array) => number
}

/** `Exports` is what the module offers; nobody checks it. */
export async function instantiateOn<Exports>(
  wasm: BufferSource,
  memory: WebAssembly.Memory,
): Promise<Placed<Exports>> {
  const { instance } = await WebAssembly.instantiate(wasm, { env: { memory, abort: unreachable } })
  return {
    exports: instance.exports as unknown as Exports,
    place(view) {
      if (view.buffer === memory.buffer) return view.byteOffset
      throw new Error('expected an array in the kernels’ own memory')
    },
  }
}

function unreachable(): never {
  throw new Error('a training kernel stopped')
}
