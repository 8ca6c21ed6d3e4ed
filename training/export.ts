/** `tsx training/export.ts CHECKPOINT OUT`: exports a checkpoint again, without training. */
import { exportModel } from './export-model.ts'

const [work = 'run/two-tower', out = 'public/models/belfry-two-tower'] = process.argv.slice(2)
await exportModel(work, out)
