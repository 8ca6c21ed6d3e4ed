import { describe, expect, it } from 'vitest'
import { attributeOf, textOf, type XmlElement } from './xml-element.ts'
import { readXml, readXmlTree } from './read-xml.ts'

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function tree(xml: string | Uint8Array): Promise<XmlElement> {
  return readXmlTree(pieces(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml))
}

describe('reading XML', () => {
  it('gives the document as a tree, in whatever pieces it comes', async () => {
    const root = await tree(
      '<?xml version="1.0"?><w:a w:x="1&amp;2">Grüße &#x1F600;<b/><![CDATA[<c>]]></w:a>',
    )
    expect(root).toEqual({
      name: 'a',
      attributes: { 'w:x': '1&2' },
      children: ['Grüße 😀', { name: 'b', attributes: {}, children: [] }, '<c>'],
    })
    expect(attributeOf(root, 'x')).toBe('1&2')
  })

  it('reads UTF-16 and other encodings that the document declares', async () => {
    const utf16 = Buffer.from('\uFEFF<a>Grüße</a>', 'utf16le')
    const latin1 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Grüße</a>', 'latin1')
    expect(textOf(await readXmlTree(pieces(utf16, 64)))).toBe('Grüße')
    expect(textOf(await readXmlTree(pieces(latin1, 64)))).toBe('Grüße')
  })

  it('holds only the elements that are wanted', async () => {
    const seen: string[] = []
    await readXml(pieces(new TextEncoder().encode('<s>x<r>1<r>2</r></r><q/><r>3</r></s>')), {
      wants: name => name === 'r',
      element: element => seen.push(textOf(element)),
      opened: name => seen.push(`<${name}>`),
      closed: name => seen.push(`</${name}>`),
    })
    expect(seen).toEqual(['<s>', '12', '<q>', '</q>', '3', '</s>'])
  })

  it('stops when enough has been seen', async () => {
    let asked = 0
    async function* endless() {
      for (;;) {
        asked++
        yield new TextEncoder().encode('<r>1</r>')
      }
    }
    let rows = 0
    const element = () => rows++
    await readXml(endless(), { wants: name => name === 'r', element, isDone: () => rows > 3 })
    expect(asked).toBe(4)
  })

  it('expands no entity that the document declares, and asks for none from outside', async () => {
    const lols = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const xml = `<!DOCTYPE a [<!ENTITY l0 "lol">${lols}<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&l9;&x;</a>`
    expect(textOf(await tree(xml))).toBe('&l9;&x;')
  })

  it.each([
    ['nests deeper than any document', '<a>'.repeat(300), /256 levels/],
    ['has no element', 'text', /holds no XML/],
    ['is one element of more others than allowed', `<a>${'<b/>'.repeat(1000)}`, /too large/],
  ])('refuses what %s', async (_, xml, sentence) => {
    const refused = readXmlTree(pieces(new TextEncoder().encode(xml), 65_536), { mostNodes: 1000 })
    await expect(refused).rejects.toMatchObject({ name: 'UnreadableFile' })
    await expect(refused).rejects.toThrow(sentence)
  })
})
