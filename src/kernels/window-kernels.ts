/** The SIMD form of the window kernels, on a memory that several threads may share. */
import type { WindowKernels } from '../core/training/window-kernels.ts'

interface Exports {
  predictMiddles(...pointersAndNumbers: number[]): number
}

/**
 * A kernel whose arrays all live in `memory`, which must be shared; the dimension is a multiple of four.
 * @throws Error when an array lives elsewhere or the dimension does not fit.
 */
export async function loadWindowKernels(
  wasm: BufferSource,
  memory: WebAssembly.Memory,
): Promise<WindowKernels> {
  const { instance } = await WebAssembly.instantiate(wasm, { env: { memory, abort: unreachable } })
  const exports = instance.exports as unknown as Exports
  const place = (view: Float32Array | Int32Array): number => {
    if (view.buffer === memory.buffer) return view.byteOffset
    throw new Error('expected an array in the kernels’ own memory')
  }
  return {
    predictMiddles({ inputs, outputs, dimension, scratch }, batch, rate) {
      if (dimension % 4 !== 0)
        throw new Error(`expected a dimension that is a multiple of 4, got ${dimension}`)
      const { ids, starts, ends, strangers, strangersEach, count } = batch
      const tables = [place(inputs), place(outputs), dimension, place(scratch)]
      const lists = [place(ids), place(starts), place(ends), place(strangers)]
      return exports.predictMiddles(...tables, ...lists, strangersEach, count, rate)
    },
  }
}

function unreachable(): never {
  throw new Error('a training kernel stopped')
}
