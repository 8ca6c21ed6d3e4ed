import { failure } from '../core/errors.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { SampleSource } from '../core/ports/platform.ts'

interface SampleList {
  readonly files: readonly { readonly name: string; readonly path: string }[]
  readonly queries: readonly string[]
}

/** @param base The folder's address, with a slash at its end; its `index.json` lists the files. */
export function createFetchSampleSource(base: string): SampleSource {
  return {
    async read() {
      const { files, queries } = (await (await get(new URL('index.json', base))).json()) as SampleList
      return { files: await Promise.all(files.map(file => fetchFile(base, file))), queries }
    },
  }
}

async function fetchFile(base: string, { name, path }: { name: string; path: string }): Promise<SourceFile> {
  const response = await get(new URL(path, base))
  const changed = Date.parse(response.headers.get('Last-Modified') ?? '')
  return {
    name,
    path: `samples/${path}`,
    modifiedAt: Number.isNaN(changed) ? 0 : changed,
    blob: await response.blob(),
  }
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => undefined)
  if (response?.ok === true) return response
  throw failure(
    'UnreadableFile',
    'The sample documents could not be loaded. Are you offline for the first time?',
  )
}
