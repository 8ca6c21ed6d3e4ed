import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMarkdown } from './markdown-extractor.ts'

const read = (...lines: string[]) => readMarkdown(lines.join('\n'))
const textsOf = (...lines: string[]) => read(...lines).blocks.map(({ text }) => text)

describe('front matter', () => {
  it('of Jekyll says title, author, date, tags and description', () => {
    const front = ['title: "Loaves: a study"', 'author: Ada Byron', 'date: 2024-03-05 10:30:00 +0100']
    const more = ['tags: [bread, "sour dough"]', 'description: >', '  How bread', '  rises.', 'layout: post']
    expect(read('---', ...front, ...more, '---', '# Bread')).toEqual({
      title: 'Loaves: a study',
      authors: ['Ada Byron'],
      writtenAt: Date.UTC(2024, 2, 5, 9, 30),
      blocks: [
        { text: 'How bread rises.' },
        { text: 'Tags: bread, sour dough' },
        { text: 'Bread', level: 1 },
      ],
    })
  })

  it('of Obsidian says tags and other names', () => {
    const front = ['tags:', '  - kitchen', '  - "#baking"', 'aliases: [Loaf]', 'cssclass: wide']
    expect(textsOf('---', ...front, '---', 'Text.')).toEqual([
      'Tags: kitchen, #baking\nAlso called: Loaf',
      'Text.',
    ])
  })

  it('of Hugo may be TOML', () => {
    const { title, authors, writtenAt, blocks } = read(
      '+++',
      'title = "Loaves"',
      'date = 2024-03-05T10:30:00Z',
      'authors = ["Ada", "Grace"]',
      '+++',
      'Text.',
    )
    expect([title, authors, writtenAt]).toEqual(['Loaves', ['Ada', 'Grace'], Date.UTC(2024, 2, 5, 10, 30)])
    expect(blocks).toEqual([{ text: 'Text.' }])
  })

  it('of Pandoc says several authors', () => {
    const front = [
      'title: Loaves',
      'author:',
      '- name: Ada Byron',
      '  email: ada@example.org',
      '- Grace Hopper',
    ]
    expect(read('---', ...front, '...', 'Text.').authors).toEqual(['Ada Byron', 'Grace Hopper'])
  })

  it('that is broken is kept as text', () => {
    expect(read('---', 'title: Loaves: a study', 'rare: [word', '---', 'Text.')).toEqual({
      title: 'Loaves: a study',
      blocks: [{ text: 'title: Loaves: a study\nrare: [word' }, { text: 'Text.' }],
    })
    expect(textsOf('---', 'Only a line.', '---', 'Text.').join(' ')).toContain('Only a line.')
    expect(textsOf('---', 'title: never closed', '', 'Text.').join(' ')).toContain('never closed')
  })

  it('that would grow without end is kept as text', () => {
    const bomb = ['a: &a [x, x]', 'b: &b [*a, *a]', 'tags: [*b, *b]']
    expect(textsOf('---', ...bomb, '---', 'Text.')[0]).toBe(bomb.join('\n'))
  })

  it('loses nothing of the text behind it, whatever it is', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', ':', ' ', '-', '[', '"', '&', '*', '|', '\n'),
      maxLength: 30,
    })
    fc.assert(
      fc.property(line, front => {
        expect(textsOf('---', front, '---', '', 'Unharmed.').join('\n')).toContain('Unharmed.')
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})
