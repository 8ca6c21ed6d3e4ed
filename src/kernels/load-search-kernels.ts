/** The compiled search kernels, in two variants. */
import { relaxed, simd } from './build/search.ts'

/** SIMD128 is everywhere; relaxed SIMD, with its faster integer dot product, is in Chromium and Firefox. */
export type KernelVariant = 'simd' | 'relaxed'

/** A module of one function that uses one relaxed instruction. */
const RELAXED_PROBE = 'AGFzbQEAAAABBQFgAAF7AwIBAAoPAQ0AQQH9D0EC/Q/9gAIL'

const SOURCES: Readonly<Record<KernelVariant, string>> = { simd, relaxed }
const compiled = new Map<KernelVariant, WebAssembly.Module>()

export function takesRelaxedKernels(): boolean {
  return WebAssembly.validate(bytesOf(RELAXED_PROBE))
}

/** Compiles once for each thread: a few kilobytes, in well under a millisecond. */
export function loadSearchKernels(variant: KernelVariant): WebAssembly.Module {
  const known = compiled.get(variant)
  if (known !== undefined) return known
  const module = new WebAssembly.Module(bytesOf(SOURCES[variant]))
  compiled.set(variant, module)
  return module
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
}
