/**
 * `tsx training/export.ts CHECKPOINT OUT [BITS]`: exports a checkpoint again, without training. With 4 bits the table has 15
 * values a row, to measure what that costs.
 */
import { exportModel } from './export-model.ts'

const [work = 'run/two-tower', out = 'public/models/belfry-two-tower', bits = '8'] = process.argv.slice(2)
if (bits !== '4' && bits !== '8') throw new Error(`expected 4 or 8 bits, got ${bits}`)
await exportModel(work, out, bits === '4' ? 4 : 8)
