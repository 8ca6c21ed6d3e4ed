import type { BlockWriter } from './block-writer.ts'
import { flowTexts, type ListStyles } from './odf-text.ts'
import { titleOf } from './slide-title.ts'
import { childrenOf, elementsOf, type XmlElement } from './xml-element.ts'

/** Writes a slide, or a page of a drawing: its title as heading, what it shows, and the speaker's notes. */
export function addOdfSlide(slide: XmlElement, page: number, writer: BlockWriter, styles: ListStyles): void {
  const shapes = elementsOf(slide).flatMap(part => {
    const place = part.attributes['presentation:class'] ?? ''
    return flowTexts({ name: '', attributes: {}, children: [part] }, styles).map(text => ({ place, text }))
  })
  const title = titleOf(shapes)
  if (title !== undefined) writer.add({ text: title.text, level: 1, page })
  for (const shape of shapes) if (shape !== title) writer.add({ text: shape.text, page })
  for (const notes of childrenOf(slide, 'presentation:notes')) {
    for (const text of flowTexts(notes, styles)) writer.add({ text, page })
  }
}
