import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchModel } from './fetch-model.mjs'
import { serve } from './serve.mjs'

const MODEL = fileURLToPath(new URL('../public/models/belfry-two-tower', import.meta.url))
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

let home = ''
let url = ''
let digest = ''
let folder = ''
let server: Awaited<ReturnType<typeof serve>> | undefined

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'belfry-model-'))
  await cp(MODEL, join(home, 'web/model'), { recursive: true })
  await writeFile(join(home, 'web/index.html'), '')
  server = await serve({ root: join(home, 'web'), port: 0 })
  url = `${server.address}/model/manifest.json`
  digest = sha256(await readFile(join(MODEL, 'manifest.json')))
})

afterAll(async () => {
  await server?.close()
  await rm(home, { recursive: true })
})

beforeEach(async () => {
  folder = join(home, 'models', 'mine')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'former.bin'), 'former')
})

/** Serves another description; gives its address and digest. */
async function describeModel(name: string, content: unknown) {
  const text = JSON.stringify(content)
  await writeFile(join(home, 'web/model', name), text)
  return { url: url.replace('manifest.json', name), sha256: sha256(text), folder }
}

describe('a model that is put into the build', () => {
  it('takes the place of the former one, file for file', async () => {
    const written = await fetchModel({ url, sha256: digest.toUpperCase(), folder })
    expect((await readdir(folder)).toSorted()).toEqual(written.toSorted())
    for (const name of written) {
      expect(sha256(await readFile(join(folder, name))), name).toBe(sha256(await readFile(join(MODEL, name))))
    }
  })

  it.each([
    [
      'that is another one',
      () => ({ url, sha256: '0'.repeat(64), folder }),
      /SHA-256 is [0-9a-f]{64}, not 0{64}/,
    ],
    [
      'without a digest',
      () => ({ url, sha256: '', folder }),
      /MODEL_SHA256 must be the 64 hexadecimal digits/,
    ],
    ['that is missing', () => ({ url: `${url}.gone`, sha256: digest, folder }), /was answered with 404/],
    [
      'with a file that is another one',
      () => describeModel('wrong.json', { files: [{ path: 'table.bin', sha256: '1'.repeat(64) }] }),
      /table\.bin is not what was expected/,
    ],
    [
      'with a file that is missing',
      () => describeModel('gone.json', { files: [{ path: 'gone.bin', sha256: digest }] }),
      /gone\.bin was answered with 404/,
    ],
    [
      'with a file outside its folder',
      () => describeModel('outside.json', { files: [{ path: '../../etc/passwd', sha256: digest }] }),
      /names "\.\.\/\.\.\/etc\/passwd", which is no path inside/,
    ],
    ['without files', () => describeModel('none.json', {}), /names no files/],
  ])('is refused with a manifest %s, and the former one stays', async (_, model, complaint) => {
    await expect(fetchModel(await model())).rejects.toThrow(complaint)
    expect(await readdir(folder)).toEqual(['former.bin'])
    expect(await readdir(join(home, 'models'))).toEqual(['mine'])
  })
})
