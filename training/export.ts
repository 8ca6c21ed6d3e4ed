/**
 * `tsx training/export.ts CHECKPOINT OUT [BITS]`: exports a checkpoint again, without training, with 4 or 8 bits a value of
 * the table, and prints what they lose.
 */
import { exportModel } from './export-model.ts'
import { CHOSEN } from './recipe.ts'

const [work = 'run/two-tower', out = 'public/models/belfry-two-tower', bits = String(CHOSEN.tableBits)] =
  process.argv.slice(2)
if (bits !== '4' && bits !== '8') throw new Error(`expected 4 or 8 bits, got ${bits}`)
await exportModel(work, out, bits === '4' ? 4 : 8)
