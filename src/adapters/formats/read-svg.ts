import { failure } from '../../core/errors.ts'
import type { Reading } from '../reading.ts'
import { readXmlText } from './read-xml-text.ts'

/**
 * The words of a drawing (SVG): its title, its description, and the texts in it. Scripts and styles are left out, and
 * nothing in it is ever run or asked for.
 * @throws UnreadableFile when it has no words.
 */
export function readSvg(source: string): Reading {
  const { title, blocks } = readXmlText(source)
  const words = blocks.map(block => ({
    ...block,
    text: block.text.replace(/^(?:text|tspan|desc|p|span|div|a|flowPara): /gm, ''),
  }))
  if (!words.some(({ text }) => /\p{L}{2}/u.test(text))) {
    throw failure(
      'UnreadableFile',
      'The drawing holds no words; search by what a picture shows is not there yet.',
    )
  }
  return { title, blocks: words }
}
