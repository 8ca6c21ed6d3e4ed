import { expect, test } from 'vitest'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { readHtml } from './html-extractor.ts'

const text = (html: string) => joinBlocks(readHtml(html).blocks).text
const long = 'A sentence that says something about lighthouses. '.repeat(8).trim()

test('reads title, headings and paragraphs', () => {
  const reading = readHtml(
    '<!doctype html><html><head><title>Light &amp; Sea</title><style>p{}</style></head><body><h1>The tower</h1>' +
      '<p>Built in <b>1820</b>\n of granite.<p>Lit by oil.<h2>Keepers<a href="#k">¶</a></h2>Three men.</body></html>',
  )
  expect(reading.title).toBe('Light & Sea')
  expect(joinBlocks(reading.blocks)).toEqual({
    text: 'The tower\n\nBuilt in 1820 of granite.\n\nLit by oil.\n\nKeepers\n\nThree men.',
    headings: [
      { offset: 0, level: 1, text: 'The tower' },
      { offset: 51, level: 2, text: 'Keepers' },
    ],
  })
})

test('takes the first top heading for the title where there is no other', () => {
  expect(readHtml('<h2>Sub</h2><h1>Top</h1><p>x').title).toBe('Top')
})

test('keeps words together that tags touch, and apart that space parts', () => {
  expect(text('<p>un<i>believ</i>able <b>big</b> <i>deal</i>')).toBe('unbelievable big deal')
})

test('reads only the main part of a page that has one', () => {
  const page = `<nav>Home About</nav><div>Cookies!</div><main><h1>T</h1><p>${long}</p><aside>Ad</aside></main><footer>2020</footer>`
  expect(text(page)).toBe(`T\n\n${long}`)
})

test('leaves navigation, footers and forms out where there is no main part', () => {
  const page = `<nav>Home</nav><form><label>Name</label><button>Send</button></form><div role="navigation">Menu</div><p>${long}</p><footer>2020</footer>`
  expect(text(page)).toBe(long)
})

test('never loses a page whose only text is in its navigation, a footer or noscript', () => {
  expect(text(`<nav>${long}</nav>`)).toBe(long)
  expect(text(`<main></main><footer>${long}</footer>`)).toBe(long)
  expect(text('<noscript>Please turn on scripts</noscript>')).toBe('Please turn on scripts')
  expect(text(`<main><h1>Hi</h1></main><div>${long}</div>`)).toBe(`Hi\n\n${long}`)
})

test('never shows scripts, styles, templates, drawings and what is hidden', () => {
  const page = `<script>let a="<p>x"</script><style>b{}</style><template>t</template><svg><title>icon</title><text>v</text></svg><p hidden>h</p><p>Seen`
  expect(readHtml(page)).toMatchObject({ title: undefined, blocks: [{ text: 'Seen' }] })
})

test('keeps the lines of preformatted text', () => {
  expect(text('<p>Run\n  this:</p><pre><code>if x:\n    <b>go</b>()\n</code></pre>')).toBe(
    'Run this:\n\nif x:\n    go()',
  )
})

test('puts list items, rows and line breaks on lines of their own, and parts cells', () => {
  expect(text('<ul><li>one<li>two <b>and</b> more</ul>')).toBe('- one\n- two and more')
  expect(text('<table><tr><th>City<th>Sun</tr><tr><td>Oslo</td><td>4 h</td></tr></table>')).toBe(
    'City | Sun\nOslo | 4 h',
  )
  expect(text('<p>Elm Road 3<br>Hilltown</p>')).toBe('Elm Road 3\nHilltown')
})

test('decodes entities and reads alternative texts', () => {
  expect(text('<p>caf&eacute; &#x1F600; &lt;b&gt; <img alt="A red door" src=x>')).toBe(
    'café 😀 <b> A red door',
  )
})

test('reads a heading wrapped round blocks, and ends one that is never closed', () => {
  expect(readHtml('<h1><div>Inside</div></h1><p>x').blocks[0]).toMatchObject({ text: 'Inside', level: 1 })
  expect(readHtml('<h1>Open<p>para one<p>para two').blocks.map(block => block.level)).toEqual([
    1,
    undefined,
    undefined,
  ])
})

test('reads on through absurd nesting and unclosed tags', () => {
  const deep = `<div>`.repeat(100_000)
  expect(text(`${deep}<p>bottom`)).toBe('bottom')
  expect(text(`${deep}${'</span>'.repeat(100_000)}<p>bottom`)).toBe('bottom')
  expect(text('<p>a <b><i>b <a href="')).toBe('a b')
})
