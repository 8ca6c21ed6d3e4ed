import type { Backend, Encoder, EncoderModel } from '../core/ports/encoder.ts'
import { createOnnxEncoder } from './onnx-encoder.ts'
import { createSystemClock } from './system-clock.ts'

type Runtime = Parameters<typeof createOnnxEncoder>[0]['ort']

/** Texts of different lengths, of which WASM and the GPU must think alike. */
const PROBES = ['bread', 'How do I keep a loaf from going stale?', 'Keep loaves in a paper bag. '.repeat(30)]

/** Least cosine between the two; rounding alone stays far above. */
const AGREEMENT = 0.999

/**
 * An encoder on the wanted backend, or on a real GPU where there is one. Some drivers give zeros or noise without an
 * error, so WebGPU is used only after it has given the vectors that WASM gives.
 */
export async function createCheckedEncoder(
  ort: Runtime,
  model: EncoderModel,
  wanted: Backend | undefined,
): Promise<Required<Encoder>> {
  const { breathe } = createSystemClock()
  const open = (backend: Backend) =>
    createOnnxEncoder({ ort, ...model, backend, threads: threadsFor(backend), breathe })
  const wasm = await open('wasm')
  if ((wanted ?? (await preferredBackend())) === 'wasm') return wasm
  try {
    const gpu = await open('webgpu')
    if (await agree(wasm, gpu)) {
      await wasm.close()
      return gpu
    }
    await gpu.close()
    return wasm
  } catch (error) {
    if (wanted === 'webgpu') throw error
    return wasm
  }
}

/** SwiftShader and its like call themselves fall-back adapters; on them WASM is a hundred times faster. */
async function preferredBackend(): Promise<Backend> {
  const adapter = (await navigator.gpu?.requestAdapter().catch(() => null)) ?? undefined
  return adapter !== undefined && !adapter.info.isFallbackAdapter ? 'webgpu' : 'wasm'
}

/** Without cross-origin isolation there are no threads; more than four gain nothing on so small a model. */
function threadsFor(backend: Backend): number {
  if (backend === 'webgpu' || !crossOriginIsolated) return 1
  return Math.max(1, Math.min(4, navigator.hardwareConcurrency))
}

async function agree(reference: Encoder, candidate: Encoder): Promise<boolean> {
  const expected = await reference.encode(PROBES, 'document')
  const got = await candidate.encode(PROBES, 'document')
  const { dimension } = await reference.info()
  return PROBES.every((_, row) => {
    const [from, to] = [row * dimension, (row + 1) * dimension]
    return cosine(expected.subarray(from, to), got.subarray(from, to)) >= AGREEMENT
  })
}

/** Of unit vectors; NaN, which is no agreement, when either is not finite. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0)
}
