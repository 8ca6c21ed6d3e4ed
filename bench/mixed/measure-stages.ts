/** Extraction alone and embedding alone, in the workers that the app uses, over the files of a folder. */
import { openBenchPage } from '../browser/bench-page.ts'
import { spent } from '../browser/spent.ts'
import { buildAndServe } from '../browser/built-server.ts'
import type { Embedding, Extracting } from './stages-page.ts'

export interface StageTimes {
  readonly passages: number
  readonly documents: number
  /** Seconds, and those of all processors together. */
  readonly extraction: StageTime
  readonly cutting: StageTime
  readonly embedding: StageTime
}

export interface StageTime {
  readonly seconds: number
  readonly cpuSeconds: number
}

const PATIENCE = 1800

export async function measureStages(folder: string): Promise<StageTimes> {
  const server = await buildAndServe('bench/mixed/stages.html', 'run/bench/stages')
  const page = await openBenchPage({
    address: `${server.address}bench/mixed/stages.html`,
    patience: PATIENCE,
  })
  try {
    await page.call('startModel')
    await page.page.locator('#folder').setInputFiles(folder)
    let extracting: Extracting | undefined
    const extraction = await spent(page, async () => {
      extracting = await page.call<Extracting>('extract', true)
    })
    let embedding: Embedding | undefined
    const embedded = await spent(page, async () => {
      embedding = await page.call<Embedding>('embed')
    })
    if (extracting === undefined || embedding === undefined) throw new Error('expected both stages to answer')
    const { passages, cutSeconds, embedSeconds } = embedding
    const share = cutSeconds / (cutSeconds + embedSeconds)
    return {
      passages,
      documents: extracting.documents,
      extraction: { seconds: extracting.seconds, cpuSeconds: extraction.cpuSeconds },
      cutting: { seconds: cutSeconds, cpuSeconds: embedded.cpuSeconds * share },
      embedding: { seconds: embedSeconds, cpuSeconds: embedded.cpuSeconds * (1 - share) },
    }
  } finally {
    await page.close()
    await server.close()
  }
}

export interface ExtractionReport {
  readonly seconds: number
  readonly documents: number
  /** UTF-16 units. */
  readonly units: number
  /** Most bytes that the browser's processes held above those of the idle page. */
  readonly peakBytes: number
}

/** Extraction alone of one file, and the memory that it takes. */
export async function measureExtraction(path: string): Promise<ExtractionReport> {
  const server = await buildAndServe('bench/mixed/stages.html', 'run/bench/stages')
  const page = await openBenchPage({
    address: `${server.address}bench/mixed/stages.html`,
    patience: PATIENCE,
  })
  try {
    await page.page.locator('#files').setInputFiles(path)
    const idle = (await page.memory()) ?? Number.NaN
    let peakBytes = 0
    const look = async () => {
      peakBytes = Math.max(peakBytes, ((await page.heldBytes()) ?? Number.NaN) - idle)
    }
    const watching = setInterval(() => void look(), 250)
    const extracting = page.call<Extracting>('extract', false)
    const { seconds, documents, units } = await extracting.finally(() => clearInterval(watching))
    return { seconds, documents, units, peakBytes }
  } finally {
    await page.close()
    await server.close()
  }
}
