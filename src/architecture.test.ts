import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** How a source leans on another: at run time, for its types alone, or by its address (a worker, a file). */
type Kind = 'value' | 'type' | 'url'
interface Import {
  from: string
  to: string
  kind: Kind
}
interface Place {
  value: string[]
  type?: string[]
  url?: string[]
  /** Packages, by name; '*' stands for any. */
  packages: string[]
}

/** Who may import whom. What is allowed as a value is allowed as a type as well. */
const PLACES: Record<string, Place> = {
  'src/core': { value: ['src/core'], packages: [] },
  'src/app': { value: ['src/app', 'src/core'], packages: [] },
  'src/kernels': { value: ['src/kernels', 'src/core'], packages: [] },
  'src/adapters': {
    value: ['src/adapters', 'src/kernels', 'src/core'],
    type: ['src/app'],
    url: ['workers', 'src/kernels'],
    packages: [
      'idb',
      'onnxruntime-web',
      'comlink',
      'htmlparser2',
      'marked',
      '@noble/hashes',
      'chardet',
      'exifreader',
      'pdfjs-dist',
      'postal-mime',
      'yaml',
    ],
  },
  'src/state': { value: ['src/state', 'src/core'], type: ['src/app'], packages: ['zustand'] },
  'src/ui': {
    value: ['src/ui', 'src/state', 'src/core'],
    type: ['src/app'],
    packages: ['react', 'react-dom', 'lucide-react'],
  },
  workers: {
    value: ['workers', 'src/adapters', 'src/app', 'src/core'],
    url: ['src/kernels'],
    packages: [
      'comlink',
      'hnswlib-wasm',
      'onnxruntime-web',
      'workbox-core',
      'workbox-precaching',
      'workbox-routing',
    ],
  },
  'src/main.tsx': {
    value: ['src/ui', 'src/state', 'src/app', 'src/adapters', 'src/core'],
    url: ['workers'],
    packages: ['*'],
  },
  training: { value: ['training', 'tools', 'src/core', 'src/adapters', 'src/kernels'], packages: ['*'] },
  bench: {
    value: ['bench', 'training', 'tools', 'src/app', 'src/core', 'src/adapters', 'src/kernels'],
    packages: ['*'],
  },
  tools: { value: ['tools', 'src/core', 'src/adapters', 'src/kernels'], packages: ['*'] },
  // The tests from outside know the page and how it is served.
  e2e: { value: ['e2e', 'tools'], packages: ['@playwright/test', 'playwright', 'axe-core', 'node'] },
}
/** Tests and suites may import all that is not composed: what they check and what they check it with. */
const TEST: Place = { value: Object.keys(PLACES).filter(name => name !== 'src/main.tsx'), packages: ['*'] }

const isTest = (path: string) => /\.(test|suite)\.tsx?$/.test(path)
const placeOf = (path: string) =>
  Object.keys(PLACES).find(name => path === name || path.startsWith(`${name}/`))

/** Comments speak of what sources must not do; only the code counts. */
const codeOf = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

function importsOf(path: string, source: string): Import[] {
  const code = codeOf(source)
  const found = [
    ...code.matchAll(/^\s*(?:import|export)\s+(?:(type)\s)?(?:[^'"`;]*?\bfrom\s+)?(?<to>['"][^'"\n]+['"])/gm),
    ...code.matchAll(/\b()import\(\s*(?<to>['"][^'"\n]+['"])/g),
    ...code.matchAll(/\bnew (URL)\(\s*(?<to>['"]\.[^'"\n]+['"])/g),
  ]
  return found.map(match => {
    const [name = '', query] = (match.groups?.['to'] ?? '').slice(1, -1).split('?')
    const to = name.startsWith('.') ? posix.join(posix.dirname(path), name) : name
    const word = query === 'url' ? 'URL' : match[1]
    return { from: path, to, kind: word === 'URL' ? 'url' : word === 'type' ? 'type' : 'value' }
  })
}

function isAllowed({ from, to, kind }: Import): boolean {
  const rules = isTest(from) ? TEST : PLACES[placeOf(from) ?? '']
  if (!rules) return false
  if (isTest(to)) return isTest(from)
  const target = placeOf(to)
  // A place that imports itself is a folder of the project even where a package has its name.
  if (target === undefined) return allowsPackage(rules, to)
  const more = kind === 'value' ? [] : (rules[kind] ?? [])
  return [...rules.value, ...more].includes(target)
}

function allowsPackage({ packages }: Place, to: string): boolean {
  const parts = to.startsWith('node:') ? ['node'] : to.split('/').slice(0, to.startsWith('@') ? 2 : 1)
  return packages.includes('*') || packages.includes(parts.join('/'))
}

/** The packages that an adapter imports, where it is more than one technology. */
function mixedTechnologies(sources: Map<string, string>): string[] {
  return [...sources].flatMap(([path, source]) => {
    if (placeOf(path) !== 'src/adapters' || isTest(path)) return []
    const packages = importsOf(path, source).filter(
      one => one.kind === 'value' && placeOf(one.to) === undefined,
    )
    const names = new Set(packages.map(one => one.to.split('/')[0]))
    return names.size > 1 ? [`${path} mixes ${[...names].join(' and ')}`] : []
  })
}

function wrongArrows(sources: Map<string, string>): string[] {
  const imports = [...sources].flatMap(([path, source]) => importsOf(path, source))
  return imports.filter(one => !isAllowed(one)).map(({ from, to, kind }) => `${from} imports ${to} (${kind})`)
}

/** Cycles of imports at run time, each told once, from where it is met first. */
function cycles(sources: Map<string, string>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    const values = importsOf(path, sources.get(path) ?? '').filter(one => one.kind === 'value')
    for (const { to } of values) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  return found
}

/** Words that turn text into markup or code. Document text must only ever be text. */
const SINKS =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write(?:ln)?|dangerouslySetInnerHTML|srcdoc|createContextualFragment|setHTMLUnsafe|eval\(|new Function\b|Function\()/g

function sinks(sources: Map<string, string>): string[] {
  return [...sources].flatMap(([path, source]) =>
    isTest(path) ? [] : [...codeOf(source).matchAll(SINKS)].map(([word]) => `${path} uses ${word}`),
  )
}

function readSources(): Map<string, string> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const folders = ['src', 'workers', 'training', 'bench', 'tools', 'e2e'].filter(folder =>
    existsSync(join(root, folder)),
  )
  const paths = folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name =>
      posix.join(folder, name.replaceAll('\\', '/')),
    ),
  )
  // AssemblyScript is another language with imports of its own.
  const typescript = paths.filter(path => /\.tsx?$/.test(path) && !path.startsWith('src/kernels/assembly/'))
  return new Map(typescript.map(path => [path, readFileSync(join(root, path), 'utf8')]))
}

const plant = (sources: Record<string, string>) => new Map(Object.entries(sources))

describe('the sources', () => {
  const sources = readSources()

  it('are all read', () => {
    expect([...sources.keys()]).toEqual(
      expect.arrayContaining(['src/core/ports/library.ts', 'src/architecture.test.ts']),
    )
  })

  it('import along the arrows only', () => {
    expect(wrongArrows(sources)).toEqual([])
  })

  it('keep each adapter to one technology', () => {
    expect(mixedTechnologies(sources)).toEqual([])
  })

  it('have no cycle of imports', () => {
    expect(cycles(sources)).toEqual([])
  })

  it('never turn text into markup or code', () => {
    expect(sinks(sources)).toEqual([])
  })
})

describe('the check of the arrows', () => {
  it.each([
    ['src/core/a.ts', "import { b } from '../app/b.ts'"],
    ['src/core/a.ts', "import type { B } from '../app/b.ts'"],
    ['src/core/a.ts', "import { z } from 'zustand'"],
    ['src/core/a.ts', "import { readFile } from 'node:fs'"],
    ['src/app/a.ts', "export { b } from '../adapters/b.ts'"],
    ['src/adapters/a.ts', "import { b } from '../app/b.ts'"],
    ['src/adapters/a.ts', "import {\n  b,\n  c,\n} from '../state/b.ts'"],
    ['src/kernels/a.ts', "import '../adapters/b.ts'"],
    ['src/state/a.ts', "import { b } from '../app/b.ts'"],
    ['src/ui/a.tsx', "const b = await import('../adapters/b.ts')"],
    ['src/ui/a.tsx', "import { b, type C } from '../app/b.ts'"],
    ['src/ui/a.tsx', "new Worker(new URL('../../workers/engine.ts', import.meta.url))"],
    ['src/ui/a.tsx', "import { openDB } from 'idb'"],
    ['workers/a.ts', "import { b } from '../src/ui/b.tsx'"],
    ['src/app/a.ts', "import { b } from './b.suite.ts'"],
    ['src/app/a.ts', "import { b } from '../main.tsx'"],
    ['src/app/a.test.ts', "import { b } from '../main.tsx'"],
    ['e2e/a.spec.ts', "import { b } from '../src/core/b.ts'"],
    ['src/elsewhere/a.ts', "import { b } from '../core/b.ts'"],
  ])('fails on %s with %j', (path, source) => {
    expect(wrongArrows(plant({ [path]: source }))).toHaveLength(1)
  })

  it.each([
    ['src/ui/a.tsx', "import type { B } from '../app/b.ts'"],
    ['src/state/a.ts', "import type { B } from '../app/b.ts'"],
    ['src/adapters/a.ts', "new Worker(new URL('../../workers/engine.ts', import.meta.url))"],
    ['src/adapters/a.test.ts', "import { b } from './b.suite.ts'"],
    ['src/core/a.ts', "// import { b } from '../app/b.ts'\n/* import '../ui/c.ts' */"],
    ['workers/a.ts', "import url from 'onnxruntime-web/a.mjs?url'"],
  ])('passes %s with %j', (path, source) => {
    expect(wrongArrows(plant({ [path]: source }))).toEqual([])
  })

  it('fails on a cycle, and not on one of types', () => {
    const a = { 'src/core/a.ts': "import { b } from './b.ts'", 'src/core/b.ts': "import { c } from './c.ts'" }
    expect(cycles(plant({ ...a, 'src/core/c.ts': "import { a } from './a.ts'" }))).toEqual([
      'src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ])
    expect(cycles(plant({ ...a, 'src/core/c.ts': "import type { A } from './a.ts'" }))).toEqual([])
  })

  it('fails on an adapter of two technologies', () => {
    const source = "import { openDB } from 'idb'\nimport { wrap } from 'comlink'"
    expect(mixedTechnologies(plant({ 'src/adapters/a.ts': source }))).toEqual([
      'src/adapters/a.ts mixes idb and comlink',
    ])
  })

  it.each([
    'a.innerHTML = b',
    'eval(b)',
    'new Function(b)',
    '<p dangerouslySetInnerHTML={b} />',
    'document.write(b)',
  ])('fails on %s', source => {
    expect(sinks(plant({ 'src/ui/a.tsx': source }))).toHaveLength(1)
  })
})
