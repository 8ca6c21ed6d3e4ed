/** Reads the PDF that it is sent, in a worker as the product does. */
import { readPdf } from './pdf.ts'

const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent<Uint8Array>) => void
  postMessage(message: unknown): void
}

worker.onmessage = ({ data }) => {
  // pdf.js talks through this door as well when it is loaded.
  if (!(data instanceof Uint8Array)) return
  readPdf(data).then(
    reading => worker.postMessage({ reading }),
    (error: unknown) => worker.postMessage({ problem: String(error) }),
  )
}
