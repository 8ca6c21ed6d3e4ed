import { describe, expect, it } from 'vitest'
import { noteOf, noteTime } from './pasted-note.ts'

const WHEN = '2026-11-20 14.05'

describe('a pasted text', () => {
  it('is a note that is named by its time', () => {
    expect(noteTime(new Date(2026, 10, 20, 14, 5))).toBe(WHEN)
    expect(noteOf(' Bread\r\n\r\nKeep it dry. ', WHEN)).toEqual({
      name: 'Pasted 2026-11-20 14.05.txt',
      text: 'Bread\n\nKeep it dry.',
      links: 0,
    })
  })

  it('gets its first words as a title where its first line is none', () => {
    const line = 'keep loaves, at room temperature, in a paper bag, since the fridge dries them out.'
    expect(noteOf(line, WHEN)?.text).toBe(`Keep loaves at room temperature in a paper bag since\n\n${line}`)
    expect(noteOf('Bread', WHEN)?.text).toBe('Bread\n\nBread')
    expect(noteOf('{};', WHEN)?.text).toBe('{};')
  })

  it('keeps the title that it was shared with, as a title', () => {
    expect(noteOf('Keep it dry.', WHEN, 'Bread: a book.')?.text).toBe('Bread a book\n\nKeep it dry.')
  })

  it('is a list of links when each of its lines is an address', () => {
    const list = 'https://www.kew.org/plants?id=1\n\n http://example.org:80/a \nhttps://kew.org/b'
    const links = 'https://www.kew.org/plants?id=1\n\nhttp://example.org:80/a\n\nhttps://kew.org/b'
    expect(noteOf(list, WHEN)).toEqual({
      name: 'Pasted 2026-11-20 14.05.md',
      text: `# 3 links: kew.org, example.org\n\n${links}`,
      links: 3,
    })
    expect(noteOf('https://kew.org', WHEN, 'Kew')?.text).toBe('# Kew\n\nhttps://kew.org')
    expect(noteOf('See https://kew.org', WHEN)?.links).toBe(0)
  })

  it('is nothing when there is nothing in it', () => {
    expect(noteOf(' \n ', WHEN)).toBeUndefined()
  })
})
