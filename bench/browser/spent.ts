import type { Build } from '../measurements.ts'
import type { BenchPage } from './bench-page.ts'

/** What `work` costs the processes of a page's browser. */
export async function spent(page: BenchPage, work: () => Promise<unknown>): Promise<Build> {
  const [cpu, began] = [await page.cpuSeconds(), performance.now()]
  await work()
  return { cpuSeconds: (await page.cpuSeconds()) - cpu, seconds: (performance.now() - began) / 1000 }
}
