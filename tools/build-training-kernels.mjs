// Compiles the training kernels to src/kernels/build/training.wasm: SIMD, on a shared memory that the caller brings. It is
// left alone while its sources are the same, and replaced in one go, since tests in other processes may be reading it.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = 'src/kernels/assembly/training/'
const target = `${root}src/kernels/build/training.wasm`
const stamp = `${target}.sha256`
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads']
const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536']

/** @returns {Promise<void>} when the file is there. @throws {Error} with the compiler's words. */
export async function buildTrainingKernels() {
  const hash = hashOfSources()
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  mkdirSync(`${root}src/kernels/build`, { recursive: true })
  replace(target, await compile())
  replace(stamp, hash)
}

function hashOfSources() {
  const names = readdirSync(root + sources).toSorted()
  const files = [
    ...names.map(name => root + sources + name),
    fileURLToPath(import.meta.url),
    `${root}node_modules/assemblyscript/package.json`,
  ]
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc')
  const stderr = asc.createMemoryStream()
  let binary
  const { error } = await asc.main(
    [`${sources}index.ts`, '--baseDir', root, '--outFile', 'training.wasm', ...flags, ...memory],
    {
      stderr,
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents
      },
    },
  )
  if (error) throw new Error(`the training kernels do not compile: ${error.message}\n${String(stderr)}`)
  return binary
}

function replace(file, contents) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, contents)
  renameSync(draft, file)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTrainingKernels()
