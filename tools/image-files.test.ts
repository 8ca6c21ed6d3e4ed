/** What can be held about the image and its composition without a Docker engine; tools/smoke-docker.sh does the rest. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** A name with a version of at least two numbers, or of one and the distribution it stands on. */
const PINNED = /^[\w./-]+:(\d+\.\d+[\w.-]*|\d+-\w+[\w.-]*)$/

interface Step {
  readonly word: string
  readonly rest: string
}

/** The steps of the Dockerfile, each on one line, without comments. */
function steps(): Step[] {
  const lines = read('Dockerfile')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  return lines.filter(Boolean).map(line => {
    const [word = '', ...rest] = line.split(' ')
    return { word, rest: rest.join(' ').trim() }
  })
}

function stages(): Step[][] {
  const all = steps()
  const starts = all.flatMap((step, i) => (step.word === 'FROM' ? [i] : []))
  return starts.map((start, i) => all.slice(start, starts[i + 1]))
}

function lastStage(): Step[] {
  return stages().at(-1) ?? []
}

const only = (word: string, of = lastStage()) => of.filter(step => step.word === word).map(step => step.rest)

interface Service {
  readonly image: string
  readonly build?: { readonly args: Record<string, string> }
  readonly environment?: Record<string, string>
  readonly ports?: string[]
  readonly networks: string[]
  readonly profiles?: string[]
  readonly read_only: boolean
  readonly cap_drop: string[]
  readonly security_opt: string[]
  readonly tmpfs: string[]
  readonly volumes?: string[]
  readonly privileged?: boolean
  readonly healthcheck?: { readonly test: string[] }
}

interface Composition {
  readonly services: Record<string, Service>
  readonly networks: Record<string, { readonly internal?: boolean }>
  readonly volumes: Record<string, unknown>
}

const composition = parse(read('docker-compose.yml')) as Composition
const services = Object.entries(composition.services)

function service(name: string): Service {
  const found = composition.services[name]
  if (!found) throw new Error(`docker-compose.yml has no service ${name}.`)
  return found
}

describe('the image', () => {
  it('stands on images of a fixed version', () => {
    for (const from of only('FROM', steps())) expect(from.split(' ')[0]).toMatch(PINNED)
  })

  it('copies only what is there, and what is not kept from the build', () => {
    const ignored = read('.dockerignore').split('\n')
    const copied = stages()
      .slice(0, 1)
      .flatMap(stage => only('COPY', stage))
      .flatMap(rest => rest.split(' ').slice(0, -1))
      .filter(path => path !== '.')
    expect(copied.length).toBeGreaterThan(2)
    for (const path of copied) {
      expect(existsSync(join(ROOT, path)), path).toBe(true)
      expect(ignored, path).toContain(`!${path}`)
    }
  })

  it('starts the script that is copied to where it is looked for', () => {
    expect(only('ENTRYPOINT')).toEqual(['["sh", "/etc/belfry/start.sh"]'])
    expect(only('COPY')).toContain('--from=build /belfry/nginx/ /etc/belfry/')
    expect(existsSync(join(ROOT, 'nginx/start.sh'))).toBe(true)
  })

  it('serves the folders that it makes', () => {
    const [, root, mounted] = /root ([^;]+);[\s\S]*set \$mounted ([^;]+);/.exec(read('nginx/site.conf')) ?? []
    expect(only('COPY')).toContain(`--from=build /belfry/dist/ ${root}/`)
    expect(only('RUN').join()).toContain(`mkdir -p ${mounted}/models`)
  })

  it('runs without rights, as its last word about users', () => {
    const own = lastStage().map(step => step.word)
    expect(only('USER')).toEqual(['nginx'])
    expect(own.slice(own.indexOf('USER'))).not.toContain('RUN')
  })

  it('says whether it is well, at the port that it listens on', () => {
    const [port] = only('EXPOSE')
    expect(read('nginx/site.conf')).toContain(`listen ${port};`)
    expect(only('HEALTHCHECK').join()).toContain(`http://127.0.0.1:${port}/healthz`)
    expect(read('nginx/nginx.conf')).toContain('location = /healthz')
  })

  it('takes each argument that the composition gives to its build', () => {
    const known = steps().filter(step => step.word === 'ARG')
    const given = Object.keys(service('belfry').build?.args ?? {})
    expect(new Set(given)).toEqual(new Set(known.map(step => step.rest.split('=')[0])))
  })

  it('has no secret among its steps', () => {
    expect(
      steps().filter(({ word, rest }) => ['ARG', 'ENV'].includes(word) && /token|password/i.test(rest)),
    ).toEqual([])
  })
})

describe('the composition', () => {
  it.each(services)('gives %s no more rights than it needs', (_, one) => {
    expect(one.read_only).toBe(true)
    expect(one.cap_drop).toEqual(['ALL'])
    expect(one.security_opt).toContain('no-new-privileges:true')
    expect(one.tmpfs.some(mount => mount.startsWith('/tmp:size='))).toBe(true)
    expect(one.privileged).toBeUndefined()
  })

  it('is the page alone unless more is asked for', () => {
    const unasked = services.filter(([, one]) => one.profiles === undefined).map(([name]) => name)
    expect(unasked).toEqual(['belfry'])
  })

  it('reaches the page from this machine alone', () => {
    for (const port of service('belfry').ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('keeps Chroma, whose version is fixed, where only the page reaches it', () => {
    const chroma = service('chroma')
    expect(chroma.image).toMatch(PINNED)
    expect(chroma.ports).toBeUndefined()
    expect(chroma.networks.every(name => composition.networks[name]?.internal)).toBe(true)
    const neighbours = services.filter(([, one]) => one.networks.some(name => chroma.networks.includes(name)))
    expect(neighbours.map(([name]) => name)).toEqual(['belfry', 'chroma'])
  })

  it("keeps Chroma's data in a volume with a name", () => {
    const [volume] = service('chroma').volumes ?? []
    expect(Object.keys(composition.volumes)).toContain(volume?.split(':')[0])
    expect(volume?.split(':')[1]).toBe('/data')
  })

  it('looks for Chroma under its own name', () => {
    expect(service('belfry').environment?.['CHROMA_URL']).toContain('http://chroma:8000')
    expect(service('chroma').healthcheck?.test.at(-1)).toContain('/dev/tcp/127.0.0.1/8000')
  })

  it('sets nothing that the start does not know, and the handbook names all of it', () => {
    const names = Object.keys(service('belfry').environment ?? {})
    const start = read('nginx/start.sh')
    const handbook = read('docs/deployment.md')
    for (const name of names) {
      expect(start, name).toContain(name)
      expect(handbook, name).toContain(name)
    }
  })
})
