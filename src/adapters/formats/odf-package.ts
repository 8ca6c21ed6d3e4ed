import { failure } from '../../core/errors.ts'
import { partTree, properties, type Properties } from './office-package.ts'
import { childAt, descendantsOf, textOf } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

/** @throws UnreadableFile when the document is protected with a password. */
export async function refuseEncryptedOdf(archive: ZipArchive): Promise<void> {
  const manifest = await partTree(archive, 'META-INF/manifest.xml')
  const isEncrypted =
    archive.entry('encrypted-package') !== undefined ||
    (manifest !== undefined && descendantsOf(manifest, 'encryption-data').length > 0)
  if (!isEncrypted) return
  throw failure(
    'UnreadableFile',
    'The document is protected with a password. Save it without one and add it again.',
  )
}

/** From `meta.xml`. The author is whoever began the document, the date that of the last change. */
export async function odfProperties(archive: ZipArchive): Promise<Properties> {
  const meta = childAt(await partTree(archive, 'meta.xml'), 'meta')
  const field = (name: string) => textOf(childAt(meta, name)).trim()
  const author = field('initial-creator') || field('creator')
  return properties(field('title'), author.split(';'), field('date') || field('creation-date'))
}

/** Charts, formulas and other files in a document are objects of their own, and are not read. */
export function objectsSentence(archive: ZipArchive): string | undefined {
  const count = archive.entries.filter(({ path }) => /^Object \d+\/content\.xml$/.test(path)).length
  if (count === 0) return undefined
  return count === 1
    ? 'An object in it (a chart, a formula or another file) was not read.'
    : `${count} objects in it (charts, formulas or other files) were not read.`
}
