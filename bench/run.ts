/** `npm run bench [-- --json FILE]`: runs the benchmarks and prints their tables in Markdown. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { kernelTable, measureSearchKernels } from './search-kernels.ts'

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const searchKernels = await measureSearchKernels([10_000, 50_000])
console.log(kernelTable(searchKernels))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ searchKernels }, null, 2)}\n`)
