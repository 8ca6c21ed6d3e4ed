import { describe, expect, test } from 'vitest'
import { codeOf, messageOf } from '../core/errors.ts'
import type { Extracted, ExtractedDocument, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'

/** A file as a drop would give it. */
export function sourceFile(name: string, contents: string | Uint8Array<ArrayBuffer>): SourceFile {
  return { name, path: name, modifiedAt: 0, blob: new Blob([contents]) }
}

/** The one document of a file. */
export async function readDocument(extractor: Extractor, file: SourceFile): Promise<ExtractedDocument> {
  const [first, ...more] = await readDocuments(extractor, file)
  if (first === undefined || more.length > 0) throw new Error(`expected one document, got ${more.length + 1}`)
  return first
}

/** @throws Error when a part of the file could not be read. */
export async function readDocuments(extractor: Extractor, file: SourceFile): Promise<ExtractedDocument[]> {
  return (await readParts(extractor, file)).map(part => {
    if ('id' in part) return part
    throw new Error(`expected a document, got: ${part.reason}`)
  })
}

export async function readParts(extractor: Extractor, file: SourceFile): Promise<Extracted[]> {
  const parts: Extracted[] = []
  const reading = await extractor.open(file)
  for (;;) {
    const part = await extractor.next(reading)
    if (part === undefined) return parts
    parts.push(part)
  }
}

/** What every extractor promises; all of them read plain text. */
export function describeExtractor(name: string, create: () => Extractor): void {
  const extract = (fileName: string, contents: string | Uint8Array<ArrayBuffer>) =>
    readDocument(create(), sourceFile(fileName, contents))

  describe(name, () => {
    test('names a document by the SHA-256 of its bytes, whatever the file is called', async () => {
      const a = await extract('a.txt', 'abc')
      const b = await extract('b.txt', 'abc')
      expect(a.id).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
      expect(b.id).toBe(a.id)
    })

    test('gives the beginning of a table, and reads it as somebody has chosen', async () => {
      const extractor = create()
      const file = sourceFile('towers.csv', 'key,place\n17,Ely\n18,York\n')
      const head = await extractor.head(file)
      expect(head).toMatchObject({
        columns: [{ name: 'key' }, { name: 'place' }],
        rows: [
          ['17', 'Ely'],
          ['18', 'York'],
        ],
      })
      expect(await extractor.head(sourceFile('a.txt', 'no table'))).toBeUndefined()
      const reading = await extractor.open(file, [{ table: head?.table ?? '', uses: [['key', 'nothing']] }])
      expect(await extractor.next(reading)).toMatchObject({ text: 'Rows 1–2\n\nplace: Ely\nplace: York' })
    })

    test('gives normalised text, and headings that stand where they say', async () => {
      const { text, headings } = await extract(
        'a.md',
        '# One  \r\n\r\n\r\n\r\nText\0 here \r\n\r\n## Two\r\n\r\nMore',
      )
      expect(text).toBe('One\n\nText here\n\nTwo\n\nMore')
      for (const heading of headings)
        expect(text.slice(heading.offset)).toMatch(new RegExp(`^${heading.text}\n`))
    })

    test('gives plain data that can be cloned', async () => {
      const file = await extract('a.md', '# One\n\ntext')
      expect(structuredClone(file)).toEqual(file)
    })

    test.each([
      ['an empty file', ''],
      ['white space', ' \n\t \n'],
      ['a PDF', '%PDF-1.7 …'],
      ['bytes', new Uint8Array(200)],
    ])('refuses %s with a sentence that names the file', async (_, contents) => {
      const thrown: unknown = await extract('some.bin', contents).catch((error: unknown) => error)
      expect(codeOf(thrown)).toBe('UnreadableFile')
      expect(messageOf(thrown)).toMatch(/^`some\.bin` .+\.$/)
    })
  })
}
