/** The SIMD form of the window kernels, on a memory that several threads may share. */
import type { WindowKernels } from '../core/training/window-kernels.ts'
import { instantiateOn } from './instantiate-on.ts'

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
  const { exports, place } = await instantiateOn<Exports>(wasm, memory)
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
