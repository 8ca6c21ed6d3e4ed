import { expect, test } from 'vitest'
import { readRtf } from './rtf.ts'
import { bytesOfBinary } from './transfer-encoding.ts'

const read = (body: string) => readRtf(bytesOfBinary(`{\\rtf1\\ansi\\ansicpg1252 ${body}}`))
const texts = (body: string) => read(body).blocks.map(({ text }) => text)

test('reads paragraphs, characters by code and by name', () => {
  expect(
    texts("One \\'e9\\par Two\\emdash\\ldblquote three\\rdblquote\\~four\\par five\\_six \\{x\\}"),
  ).toEqual(['One é', 'Two—“three”\u00A0four', 'five\u2011six {x}'])
})

test('reads Unicode and skips what stands there for programs without it', () => {
  expect(texts("\\uc1\\u8364?uro \\u-10179 ?\\u-8704\\'3f")).toEqual(['€uro 😀'])
  expect(texts("{\\uc2\\u26085\\'93\\'fa}\\u26412 ?")).toEqual(['日本'])
  expect(texts('{\\uc0\\u945 b}')).toEqual(['αb'])
})

test('reads each font in the code page of its character set', () => {
  const fonts =
    '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}{\\f3\\fcharset2 Symbol;}}'
  expect(
    texts(`${fonts}\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2 {\\f2\\'93\\'fa\\'96\\'7b \\'83A}\\f0 \\'e9`),
  ).toEqual(['Привет 日本 アé'])
  expect(texts(`${fonts}{\\f3\\'b7}\\tab one\\par`)).toEqual(['- one'])
})

test('leaves out pictures, fields, headers, unknown destinations, hidden and deleted text', () => {
  const body =
    'a{\\pict\\wmetafile8 0a0b}{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt link}}{\\header h}{\\*\\unknown u}{\\v hidden}{\\deleted gone}\\bin3 {}{z'
  expect(texts(body)).toEqual(['alinkz'])
})

test('finds headings by outline level and by the name of the style', () => {
  const styles =
    '{\\stylesheet{\\s1\\outlinelevel0 Anything;}{\\s2 heading 2;}{\\s3 Überschrift 3;}{\\s4 Normal;}}'
  const { blocks } = read(
    `${styles.replace('Ü', "\\'dc")}\\pard\\s1 A\\par\\pard\\s2 B\\par\\pard\\s3 C\\par\\pard\\s4 D\\par\\pard\\outlinelevel3 E\\par\\pard F\\par`,
  )
  expect(blocks.map(({ text, level }) => [text, level])).toEqual([
    ['A', 1],
    ['B', 2],
    ['C', 3],
    ['D', undefined],
    ['E', 4],
    ['F', undefined],
  ])
})

const row = (a: string, b: string) => `\\trowd\\pard\\intbl ${a}\\cell ${b}\\par more\\cell\\row`
const item = (text: string) => `\\pard{\\listtext\\pard\\plain 1.\\tab}${text}\\par`
test('reads a table by rows and a list by items', () => {
  expect(texts(`before\\par${row('x', 'y')}${row('u', 'v')}\\pard after\\par`)).toEqual([
    'before',
    'x | y more\nu | v more',
    'after',
  ])
  expect(texts(`${item('a')}${item('b')}\\pard c\\par`)).toEqual(['1. a\n1. b', 'c'])
})

test('puts a footnote behind its paragraph, which it does not change', () => {
  const { blocks } = read('\\pard\\outlinelevel0 Head{\\footnote\\pard\\plain The note.}ing\\par text')
  expect(blocks).toEqual([{ text: 'Heading', level: 1 }, { text: 'The note.' }, { text: 'text' }])
})

test('reads title, authors and date', () => {
  expect(
    read("{\\info{\\title T\\'e9}{\\author A B;C D}{\\creatim\\yr2024\\mo3\\dy5\\hr8}{\\*\\company X}}x"),
  ).toMatchObject({ title: 'Té', authors: ['A B', 'C D'], writtenAt: Date.UTC(2024, 2, 5, 8) })
})

test('reads on through absurd nesting, and past an end that is missing', () => {
  expect(texts(`${'{'.repeat(100_000)}in${'}'.repeat(100_000)}`)).toEqual(['in'])
  expect(texts("{\\b open \\'")).toEqual(['open'])
  expect(texts('\\bin99999999 lost')).toEqual([])
})

test('refuses what is no RTF', () => {
  expect(() => readRtf(bytesOfBinary('{\\html'))).toThrow('This is not RTF')
})
