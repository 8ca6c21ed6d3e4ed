// Compiles the search kernels to src/kernels/build/search.ts: the WebAssembly of both variants in base64, so that Node,
// Vite and workers import it alike and no fetch is needed. It is left alone while its sources are the same.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sourceFolder = `${root}src/kernels/assembly/search/`
const target = `${root}src/kernels/build/search.ts`
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory']
const variants = {
  simd: ['--enable', 'simd'],
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd', '--use', 'RELAXED=1'],
}

/** @returns {Promise<boolean>} false when it was up to date. @throws {Error} with the compiler's words. */
export async function buildKernels() {
  const stamp = `// Compiled from sources with the hash ${hashOfSources()}.`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false
  const lines = [stamp]
  for (const [name, enabled] of Object.entries(variants)) {
    lines.push(`export const ${name} =`, `  '${(await compile(enabled)).toString('base64')}'`)
  }
  mkdirSync(`${root}src/kernels/build`, { recursive: true })
  // Somebody may be reading: the file is there whole or not at all.
  const draft = `${target}.${process.pid}`
  writeFileSync(draft, `${lines.join('\n')}\n`)
  renameSync(draft, target)
  return true
}

/** Of everything that shapes the result: the sources, this file, the compiler's version. */
function hashOfSources() {
  const names = readdirSync(sourceFolder).toSorted()
  const files = [
    ...names.map(name => sourceFolder + name),
    fileURLToPath(import.meta.url),
    `${root}node_modules/assemblyscript/package.json`,
  ]
  const hash = createHash('sha256').update(names.join('\n'))
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function compile(enabled) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  let words = ''
  const { error } = await asc.main(
    [
      'src/kernels/assembly/search/index.ts',
      '--baseDir',
      root,
      '--outFile',
      'search.wasm',
      ...flags,
      ...enabled,
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = Buffer.from(contents)
      },
      stderr: { write: text => (words += text) },
    },
  )
  if (error) throw new Error(`the search kernels do not compile: ${error.message}\n${words}`)
  return binary
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildKernels()) ? 'kernels: compiled' : 'kernels: up to date')
}
