/** The only place that touches the ONNX runtime. */
import { expose, transfer } from 'comlink'
import * as ort from 'onnxruntime-web/webgpu'
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import { createCheckedEncoder } from '../src/adapters/checked-encoder.ts'
import type { EncodeWorker } from '../src/adapters/worker-encoder.ts'
import type { Encoder } from '../src/core/ports/encoder.ts'

ort.env.wasm.wasmPaths = { mjs: glueUrl, wasm: wasmUrl }

let started: Promise<Required<Encoder>> | undefined

function encoder(): Promise<Required<Encoder>> {
  return started ?? Promise.reject(new Error('expected start() before the first text, got a text'))
}

const shell: EncodeWorker = {
  async start(model, backend) {
    started = createCheckedEncoder(ort, model, backend)
    return (await started).info()
  },
  async info() {
    return (await encoder()).info()
  },
  async encode(texts, tower) {
    const vectors = await (await encoder()).encode(texts, tower)
    return transfer(vectors, [vectors.buffer])
  },
  async countTokens(texts) {
    return (await encoder()).countTokens(texts)
  },
}

expose(shell)
