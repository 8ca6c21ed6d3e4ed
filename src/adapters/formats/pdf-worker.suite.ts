/** Reads the PDF that it is sent, in a worker as the product does. */
import { readPdf } from './pdf.ts'

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
  postMessage(message: unknown): void
}

const worker = globalThis as unknown as WorkerScope

worker.addEventListener('message', ({ data }) => {
  // pdf.js talks through this door as well when it is loaded.
  if (!(data instanceof Uint8Array)) return
  readPdf(data).then(
    reading => worker.postMessage({ reading }),
    (error: unknown) => worker.postMessage({ problem: String(error) }),
  )
})
