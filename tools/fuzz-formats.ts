/**
 * Reads thousands of files with something wrong with them, made from each format's fixture:
 * `npx tsx tools/fuzz-formats.ts [--long] [--inputs 1000] [--seed 1] [--from 0] [--only stock.xlsx]`.
 * The tests do the same with few. It fails when a reader throws anything but a sentence for the user, gives more than it
 * may, or leaves a rejection unhandled; the error names the input, which `--only`, `--from` and `--inputs 1` make again.
 */
import { parseArgs } from 'node:util'
import { FORMATS } from './fuzz/formats.ts'
import { fuzzFormat } from './fuzz/fuzz-format.ts'

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
})

async function main(): Promise<void> {
  const inputs = Number(values.inputs ?? (values.long ? 5000 : 500))
  const from = Number(values.from)
  for (const format of FORMATS) {
    if (values.only !== undefined && values.only !== format.name) continue
    const { read, refused, slowest } = await fuzzFormat(format, Number(values.seed), from, from + inputs)
    const longest = `longest ${Math.round(slowest.milliseconds)} ms (input ${slowest.input})`
    console.log(`${format.name}: ${read} read, ${refused} refused, ${longest}`)
  }
}

process.on('unhandledRejection', reason => {
  console.error('A rejection was left unhandled.', reason)
  process.exit(1)
})

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
