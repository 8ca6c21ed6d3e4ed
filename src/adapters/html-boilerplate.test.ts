import { expect, test } from 'vitest'
import { readHtml } from './html-extractor.ts'

const text = (html: string) =>
  readHtml(html)
    .blocks.map(block => block.text)
    .join('\n\n')
const long = 'A sentence that says something about lighthouses. '.repeat(12).trim()

test.each(['cookie-banner', 'social share', 'related-posts', 'newsletter', 'post-sidebar', 'breadcrumbs'])(
  'leaves out what is named %s',
  name => {
    expect(text(`<div class="${name}"><p>Click here</p></div><p>${long}</p>`)).toBe(long)
    expect(text(`<div id="${name}"><p>Click here</p></div><p>${long}</p>`)).toBe(long)
  },
)

test('keeps what is named like that when it is most of the page', () => {
  expect(text(`<div class="sidebar"><p>${long}</p></div><p>${long.slice(0, 250)}</p>`)).toContain(long)
  expect(text(`<body class="modal"><p>${long}</p></body>`)).toBe(long)
})

test('keeps words that only look like those names', () => {
  expect(text(`<p class="shared-thread">kept</p><p>${long}</p>`)).toBe(`kept\n\n${long}`)
})

test('leaves out lists of links beside a text, and keeps a page that is one', () => {
  const list = '<ul><li><a href=a>Home</a><li><a href=b>About us</a><li><a href=c>Contact</a></ul>'
  expect(text(`${list}<p>${long}</p>`)).toBe(long)
  expect(text(list)).toBe('- Home\n- About us\n- Contact')
})

test('keeps a list whose items say more than their links', () => {
  const list =
    '<ul><li><a href=a>Oil</a> for the lamp<li><a href=b>Glass</a> for the lens<li>rope for the bell</ul>'
  expect(text(`${list}<p>${long}</p>`)).toContain('- Oil for the lamp')
})

test('reads authors and date from meta elements', () => {
  const page = readHtml(
    '<meta name=author content="Ada Finch"><meta property="article:published_time" content="2024-03-05T08:00:00Z"><p>x',
  )
  expect(page).toMatchObject({ authors: ['Ada Finch'], writtenAt: Date.parse('2024-03-05T08:00:00Z') })
})

test('reads authors and date from linked data, and shows none of it', () => {
  const data = {
    '@graph': [
      { '@type': 'Article', datePublished: '2023-01-02', author: [{ name: 'Ada' }, { name: 'Ben' }] },
    ],
  }
  const page = readHtml(`<script type="application/ld+json">${JSON.stringify(data)}</script><p>Words`)
  expect(page).toEqual({
    title: undefined,
    blocks: [{ text: 'Words' }],
    authors: ['Ada', 'Ben'],
    writtenAt: Date.parse('2023-01-02'),
  })
})

test('takes no address for an author and no nonsense for a date', () => {
  const page = readHtml(
    '<meta property="article:author" content="https://example.org/ada"><meta name=date content="soon"><script type="application/ld+json">{broken</script><p>x',
  )
  expect(page).toEqual({ title: undefined, blocks: [{ text: 'x' }] })
})
