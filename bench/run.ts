/**
 * `npm run bench [-- --vectors N] [--text DIR] [--json FILE]`: runs the benchmarks of the search kernels and prints their
 * tables in Markdown. With a folder of text files the vectors are those of real text.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { kernelTables } from './kernel-tables.ts'
import { embedText } from './real-vectors.ts'
import { benchmarkSearchKernels } from './search-kernels.ts'

const { values } = parseArgs({
  options: {
    vectors: { type: 'string', default: '20000' },
    text: { type: 'string', default: '../shared/data/text' },
    json: { type: 'string' },
  },
})
const count = Number(values.vectors)
const real = existsSync(values.text) ? await embedText(values.text, count) : undefined
const searchKernels = await benchmarkSearchKernels(count, real)
console.log(kernelTables(searchKernels))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ searchKernels }, null, 2)}\n`)
