/** The page of `bench/encoding.ts`: the model through the worker that the app uses. */
import { createFetchModelSource } from '../src/adapters/fetch-model-source.ts'
import { createMemoryModelStore } from '../src/adapters/memory-model-store.ts'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { createWorkerEncoder } from '../src/adapters/worker-encoder.ts'
import { loadModel } from '../src/app/load-model.ts'

export interface EncodingTimes {
  readonly backend: string
  readonly threads: number
  readonly dimension: number
  /** Of each round. */
  readonly seconds: readonly number[]
}

/** What the page offers to the bench. */
export interface EncodingBench {
  measureEncoding(passages: readonly string[], rounds: number): Promise<EncodingTimes>
}

/** What `app/ingest` asks for at a time is of this order. */
const AT_ONCE = 256

async function measureEncoding(passages: readonly string[], rounds: number): Promise<EncodingTimes> {
  const source = createFetchModelSource(new URL('/models/belfry-two-tower/', location.href).href)
  const model = await loadModel({ source, store: createMemoryModelStore(), sha256: createSha256 }, () => {})
  const encoder = await createWorkerEncoder({ model, backend: 'wasm' })
  const { backend, threads, dimension } = await encoder.info()
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    for (let at = 0; at < passages.length; at += AT_ONCE) {
      await encoder.encode(passages.slice(at, at + AT_ONCE), 'document')
    }
    seconds.push((performance.now() - start) / 1000)
  }
  encoder.close()
  return { backend, threads, dimension, seconds }
}

Object.assign(globalThis, { measureEncoding } satisfies EncodingBench)
