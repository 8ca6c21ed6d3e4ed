import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { firstLoad } from './check-size.mjs'

const PAGE = `<!doctype html><link rel="manifest" href="/manifest.webmanifest"><link rel="icon" href="/i.svg">
<script type="module" crossorigin src="/assets/main.js"></script>
<link rel="modulepreload" crossorigin href="/assets/shared.js"><link rel="stylesheet" crossorigin href="/assets/main.css">`

function dist(files: Record<string, string>) {
  return (path: string) => {
    const text = files[path]
    if (text === undefined) throw new Error(`Unexpected read of ${path}.`)
    return Promise.resolve(Buffer.from(text))
  }
}

it('counts scripts, styles and static imports once, and nothing that is loaded later', async () => {
  const sizes = await firstLoad(
    dist({
      'index.html': PAGE,
      'assets/main.js': `import{a as b}from"./shared.js";import"./effect.js";export*from'./more.js';
        const w=new Worker(new URL("/assets/engine.js",import.meta.url));const lazy=()=>import("./later.js");`,
      'assets/shared.js': 'import{c}from"./main.js";import d,{e}from"../deep.js";export{c,d,e}',
      'assets/effect.js': 'let x',
      'assets/more.js': 'export const $y = 1',
      'deep.js': 'export const e = 1',
      'assets/main.css': 'p{}',
    }),
  )
  const names = [
    'assets/effect.js',
    'assets/main.css',
    'assets/main.js',
    'assets/more.js',
    'assets/shared.js',
    'deep.js',
  ]
  expect([...sizes.keys()].toSorted()).toEqual(names)
  expect(sizes.get('assets/main.css')).toBe(gzipSync('p{}', { level: 9 }).length)
})

it('refuses a page without a script', async () => {
  await expect(firstLoad(dist({ 'index.html': '<p>Nothing' }))).rejects.toThrow('names no script')
})
