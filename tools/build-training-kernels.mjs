// Compiles the training kernels to src/kernels/build/training.wasm: SIMD, on a shared memory that the caller brings.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns {Promise<void>} when the file is written. @throws {Error} with the compiler's words. */
export async function buildTrainingKernels() {
  await mkdir(`${root}src/kernels/build`, { recursive: true })
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main(
    [
      'src/kernels/assembly/training/index.ts',
      '--baseDir',
      root,
      '--outFile',
      'src/kernels/build/training.wasm',
      '--runtime',
      'stub',
      '--importMemory',
      '--sharedMemory',
      '--initialMemory',
      '1',
      '--maximumMemory',
      '65536',
      '--enable',
      'simd',
      '--enable',
      'threads',
      '-O3',
      '--noAssert',
    ],
    { stderr },
  )
  if (error) throw new Error(`the training kernels do not compile: ${error.message}\n${String(stderr)}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTrainingKernels()
