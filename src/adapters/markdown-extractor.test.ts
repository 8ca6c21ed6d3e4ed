import { expect, test } from 'vitest'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { readMarkdown } from './markdown-extractor.ts'

const text = (markdown: string) => joinBlocks(readMarkdown(markdown).blocks).text
const row = (cell: string) => `| ${Array.from({ length: 40 }, () => cell).join(' | ')} |\n`

test('reads headings and paragraphs without their marks', () => {
  const { title, blocks } = readMarkdown(
    '# Bread *and* rolls\n\nKeep **loaves** in\n`paper`.\n\nStorage\n-------\n\nDry.',
  )
  expect(title).toBe('Bread and rolls')
  expect(joinBlocks(blocks)).toEqual({
    text: 'Bread and rolls\n\nKeep loaves in\npaper.\n\nStorage\n\nDry.',
    headings: [
      { offset: 0, level: 1, text: 'Bread and rolls' },
      { offset: 40, level: 2, text: 'Storage' },
    ],
  })
})

test('takes title and tags from front matter and skips the rest of it', () => {
  const reading = readMarkdown('---\nlayout: post\ntitle: "On: bread"\ntags: [a]\n---\n# Other\n\nText')
  expect(reading.title).toBe('On: bread')
  expect(joinBlocks(reading.blocks).text).toBe('Tags: a\n\nOther\n\nText')
})

test('takes a rule at the top for a rule', () => {
  expect(text('---\n\nFirst\n\n---\n\nSecond')).toBe('First\n\nSecond')
})

test('shows links and images as their words', () => {
  expect(
    text(
      'See [the *guide*](http://x.y "t"), ![a red door](d.png) and <http://z.w> or [ref][1].\n\n[1]: http://r',
    ),
  ).toBe('See the guide, a red door and http://z.w or ref.')
})

test('keeps code as it stands', () => {
  expect(text('Run `a &amp; b`:\n\n```js\nif (a < b) {\n  go("&lt;")\n}\n```')).toBe(
    'Run a &amp; b:\n\nif (a < b) {\n  go("&lt;")\n}',
  )
})

test('shows tables as rows and lists as lines', () => {
  expect(text('| City | Sun |\n|---|---|\n| Oslo | *4 h* |')).toBe('City | Sun\nOslo | 4 h')
  expect(text('- one\n- two\n  - deep\n\n3. three\n4. four')).toBe(
    '- one\n- two\n  - deep\n\n3. three\n4. four',
  )
  expect(text('- [x] done\n- [ ] open')).toBe('- [x] done\n- [ ] open')
})

test('reads quotations, and headings inside them', () => {
  expect(text('> # Said\n> once\n>\n> twice')).toBe('Said\n\nonce\n\ntwice')
})

test('reads the text of raw HTML, inline and in blocks', () => {
  const { blocks } = readMarkdown(
    '<h1 align="center">Logo</h1>\n\nPress <kbd>Ctrl</kbd><br>now\n\n<script>evil()</script>\n\n<div>\n\nInner *text*\n\n</div>',
  )
  expect(blocks[0]).toMatchObject({ text: 'Logo', level: 1 })
  expect(joinBlocks(blocks).text).toBe('Logo\n\nPress Ctrl\nnow\n\nInner text')
})

test('decodes entities and leaves bare signs alone', () => {
  expect(text('Fish &amp; chips &lt; 5 &euro;, a < b & c')).toBe('Fish & chips < 5 €, a < b & c')
})

test('reads on through absurd markup', () => {
  const absurd = [
    '*_['.repeat(50_000),
    'a_'.repeat(100_000),
    'b!'.repeat(100_000),
    `${'- '.repeat(10_000)}deep`,
    `${'>'.repeat(20_000)}deep`,
  ]
  for (const markup of absurd) expect(text(`${markup}\n\nThe end`)).toMatch(/The end$/)
})

test('does not fill up a table whose rows lack their cells', () => {
  const columns = 3000
  const bomb = `${'|a'.repeat(columns)}\n${'|-'.repeat(columns)}\n${'|b\n'.repeat(columns)}`
  expect(text(bomb).length).toBeLessThan(2 * bomb.length)
})

test('reads a wide table that is all there', () => {
  expect(text(row('a') + row('-') + row('b').repeat(50))).not.toContain('-')
})
