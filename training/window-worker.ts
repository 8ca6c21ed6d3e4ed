/** A further thread of the training on windows. */
import { workerData } from 'node:worker_threads'
import { runRounds } from './window-trainer.ts'
import type { WindowWorkerData } from './window-trainer.ts'

await runRounds(workerData as WindowWorkerData, () => undefined)
