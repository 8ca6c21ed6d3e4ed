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
