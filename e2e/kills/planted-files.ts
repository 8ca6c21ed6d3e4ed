import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A file with a fact that no other file tells. */
export interface PlantedFile {
  readonly path: string
  readonly name: string
  readonly fact: string
}

/** About seven passages. */
const BYTES = 5000

/** Writes `count` files below `folder`, the same for the same seed. */
export function plantFiles(folder: string, count: number, seed: number): PlantedFile[] {
  const out = join(folder, 'documents')
  const script = join('tools', 'make-collection.mjs')
  const sizes = ['--files', `${count}`, '--bytes', `${count * BYTES}`, '--every', '1', '--html', '0.2']
  const { status } = spawnSync(process.execPath, [script, '--out', out, ...sizes, '--seed', `${seed}`])
  if (status !== 0) throw new Error(`expected files in ${out}, got exit code ${status}`)
  const facts: unknown = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8'))
  return (facts as { fact: string; file: string }[]).map(({ fact, file }) => ({
    fact,
    path: join(out, file),
    name: basename(file),
  }))
}
