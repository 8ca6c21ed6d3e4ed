import { type Remote, wrap } from 'comlink'
import { failure } from '../core/errors.ts'
import type { Backend, Encoder, EncoderInfo, EncoderModel } from '../core/ports/encoder.ts'

/** What `workers/encode.ts` exposes. */
export interface EncodeWorker extends Required<Encoder> {
  /** @param backend The one wanted; by itself the worker takes a real GPU, and WASM otherwise. */
  start(model: EncoderModel, backend: Backend | undefined): Promise<EncoderInfo>
}

export interface WorkerEncoderOptions {
  readonly model: EncoderModel
  readonly backend: Backend | undefined
  readonly spawn?: () => Worker
  /** Milliseconds without an answer after which the worker counts as hung. */
  readonly patience?: number
}

interface Running {
  readonly worker: Worker
  readonly remote: Remote<EncodeWorker>
  readonly info: EncoderInfo
}

/**
 * The encoder in a worker of its own. A GPU that was lost cannot be had back in the same worker, and a hung one blocks
 * it for good; so after a failure on WebGPU the worker is replaced by one on WASM, once, and the call is repeated there.
 * The watchdog stands outside the worker because no timer fires inside a blocked one.
 */
export async function createWorkerEncoder(
  options: WorkerEncoderOptions,
): Promise<Encoder & { close(): void }> {
  const { model, spawn = spawnEncodeWorker, patience = 120_000 } = options
  let running = start(options.backend)
  await running

  async function start(backend: Backend | undefined): Promise<Running> {
    const worker = spawn()
    const remote = wrap<EncodeWorker>(worker)
    try {
      return { worker, remote, info: await answered(worker, remote.start(model, backend)) }
    } catch (error) {
      worker.terminate()
      throw error
    }
  }

  /** The answer, or EncoderFailed when the worker dies or says nothing. */
  function answered<T>(worker: Worker, answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const died = (event: ErrorEvent) =>
        reject(failure('EncoderFailed', `The model's worker stopped: ${event.message || 'no reason given'}`))
      const timer = setTimeout(() => {
        reject(failure('EncoderFailed', `The model did not answer within ${patience / 1000} s.`))
      }, patience)
      worker.addEventListener('error', died)
      answer.then(resolve, reject).finally(() => {
        clearTimeout(timer)
        worker.removeEventListener('error', died)
      })
    })
  }

  async function call<T>(ask: (remote: Remote<EncodeWorker>) => Promise<T>): Promise<T> {
    const used = running
    const { worker, remote, info } = await used
    try {
      return await answered(worker, ask(remote))
    } catch (error) {
      if (info.backend === 'wasm') throw error
      if (used === running) {
        worker.terminate()
        running = start('wasm')
      }
      const next = await running
      return answered(next.worker, ask(next.remote))
    }
  }

  return {
    info: async () => (await running).info,
    encode: (texts, tower) => call(remote => remote.encode(texts, tower)),
    countTokens: texts => call(remote => remote.countTokens(texts)),
    close() {
      void running.then(({ worker }) => worker.terminate())
    },
  }
}

function spawnEncodeWorker(): Worker {
  return new Worker(new URL('../../workers/encode.ts', import.meta.url), {
    type: 'module',
    name: 'belfry-encode',
  })
}
