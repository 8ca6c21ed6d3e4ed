/**
 * What another app has shared with Belfry waits in a cache from the moment when the service worker gets it until a page
 * takes it. Both sides are here.
 */
import type { SourceFile } from '../core/ports/files.ts'
import { noteOf, noteTime } from '../core/text/pasted-note.ts'

const CACHE = 'belfry-shared'
const NAME = 'X-Belfry-Name'
const MODIFIED = 'X-Belfry-Modified'

/** Keeps the files of a form, and its title, text and url as a note. @throws when there is no room for them. */
export async function keepShared(form: FormData, at: Date): Promise<void> {
  const files = form.getAll('files').filter(entry => entry instanceof File)
  const note = sharedNote(form, at)
  const all = note === undefined ? files : [...files, note]
  const cache = await caches.open(CACHE)
  for (const [i, file] of all.entries()) {
    const headers = { [NAME]: encodeURIComponent(file.name), [MODIFIED]: String(file.lastModified) }
    // The time comes first, so that files are taken in the order in which they came.
    await cache.put(`/shared/${at.getTime()}/${i}/${Math.random()}`, new Response(file, { headers }))
  }
}

/** Takes what was shared out of the cache; what another tab takes at the same time is its. */
export async function takeShared(): Promise<SourceFile[]> {
  if (!('caches' in globalThis) || !(await caches.has(CACHE))) return []
  const cache = await caches.open(CACHE)
  const files: SourceFile[] = []
  for (const request of await cache.keys()) {
    const response = await cache.match(request)
    if (response === undefined) continue
    const name = decodeURIComponent(response.headers.get(NAME) ?? 'shared')
    const blob = await response.blob()
    // Whoever deletes it has it.
    if (!(await cache.delete(request))) continue
    files.push({ name, path: name, modifiedAt: Number(response.headers.get(MODIFIED) ?? 0), blob })
  }
  return files
}

function sharedNote(form: FormData, at: Date): File | undefined {
  const word = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const parts = [word('text'), word('url')].filter(part => part !== '')
  const note = noteOf(parts.join('\n\n'), noteTime(at), word('title'))
  // Some apps send the title alone with a file: that says nothing more.
  if (note === undefined || (parts.length === 0 && form.has('files'))) return undefined
  return new File([note.text], note.name.replace('Pasted', 'Shared'), { lastModified: at.getTime() })
}
