import { describe, expect, it } from 'vitest'
import type { Reading } from '../reading.ts'
import { makeZip, blobOf } from '../../../tools/fixtures/make-zip.ts'
import { readPptx } from './read-pptx.ts'
import { openZip } from './zip-archive.ts'

const rel = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://x/relationships/${type}" Target="${target}"/>`
const shape = (text: string, place = '') => {
  const holder = place === '' ? '' : `<p:ph type="${place}"/>`
  return `<p:sp><p:nvSpPr><p:nvPr>${holder}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`
}
const slide = (...shapes: string[]) =>
  `<p:sld><p:cSld><p:spTree>${shapes.join('')}</p:spTree></p:cSld></p:sld>`

/** Slides by number, shown in the order of `order`. */
async function read(slides: readonly string[], order: readonly number[], more: Record<string, string> = {}) {
  const parts = {
    '_rels/.rels': `<R>${rel('a', 'officeDocument', 'ppt/presentation.xml')}</R>`,
    'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${order.map(n => `<p:sldId id="${n}" r:id="r${n}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': `<R>${slides.map((_, n) => rel(`r${n}`, 'slide', `slides/${n}.xml`)).join('')}</R>`,
    ...Object.fromEntries(slides.map((content, n) => [`ppt/slides/${n}.xml`, content])),
    ...more,
  }
  const files = Object.entries(parts).map(([name, content]) => ({ name, content }))
  return readPptx(await openZip(blobOf(makeZip(files))))
}

const lines = ({ blocks }: Reading) =>
  blocks.map(({ text, page, level }) => `${page} ${level ?? '-'} ${text}`)

describe('PowerPoint presentation', () => {
  it('has a page for each slide, in the order in which they are shown, each once', async () => {
    const slides = ['a', 'b', 'c'].map(text => slide(shape('body'), shape(text, 'title')))
    expect(lines(await read(slides, [2, 0, 1, 0]))).toEqual([
      '1 1 c',
      '1 - body',
      '2 1 a',
      '2 - body',
      '3 1 b',
      '3 - body',
    ])
  })

  it('leaves out what stands on every slide', async () => {
    const furniture = ['sldNum', 'dt', 'ftr', 'hdr'].map(place => shape(place, place))
    expect(lines(await read([slide(...furniture, shape('x', 'ctrTitle'))], [0]))).toEqual(['1 1 x'])
  })

  it('reads groups, pictures, diagrams, notes and comments', async () => {
    const group = `<p:grpSp><p:nvGrpSpPr><p:cNvPr descr="A group"/></p:nvGrpSpPr>${shape('inside')}</p:grpSp>`
    const picture = '<p:pic><p:nvPicPr><p:cNvPr descr="A tower"/></p:nvPicPr></p:pic>'
    const links = [
      rel('n', 'notesSlide', '../notes/1.xml'),
      rel('d', 'diagramData', '/ppt/diagrams/1.xml'),
      rel('c', 'comments', '../comments/1.xml'),
      rel('x', 'diagramData', '../missing.xml'),
    ]
    const reading = await read([slide(shape('t', 'title'), group, picture)], [0], {
      'ppt/slides/_rels/0.xml.rels': `<R>${links.join('')}</R>`,
      'ppt/notes/1.xml': slide(shape('say this', 'body'), shape('4', 'sldNum')),
      'ppt/diagrams/1.xml':
        '<d><a:p><a:r><a:t>step</a:t></a:r></a:p><a:p><a:r><a:t>step</a:t></a:r></a:p></d>',
      'ppt/comments/1.xml': '<p:cmLst><p:cm><p:text>why?</p:text></p:cm></p:cmLst>',
    })
    const expected = [
      '1 1 t',
      '1 - A group',
      '1 - inside',
      '1 - A tower',
      '1 - step',
      '1 - say this',
      '1 - why?',
    ]
    expect(lines(reading)).toEqual(expected)
  })

  it('goes on behind a slide that is damaged, and says so', async () => {
    const reading = await read(
      [slide(shape('a', 'title')), '<p:sld>'.repeat(300), slide(shape('b', 'title'))],
      [0, 1, 2],
    )
    expect(lines(reading)).toEqual(['1 1 a', '3 1 b'])
    expect(reading.missing).toEqual(['Slide 2 could not be read: The file nests more than 256 levels deep.'])
  })

  it('is refused when no slide can be read', async () => {
    await expect(read(['no XML'], [0])).rejects.toMatchObject({ name: 'UnreadableFile' })
  })
})
