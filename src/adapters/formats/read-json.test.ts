import { describe, expect, it } from 'vitest'
import { sourceFile } from '../extractor.suite.ts'
import { allOf } from './all-of.suite.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readJson } from './read-json.ts'

const json = (contents: string) => allOf(readJson(sourceFile('a.json', contents)))
const lines = (contents: string) => allOf(readJsonLines(sourceFile('a.jsonl', contents)))
const LONG = 'word '.repeat(30).trim()

describe('JSON', () => {
  it('that is a list of objects is a table of them', async () => {
    const objects = [1, 2, 3].map(id => ({
      id,
      title: `Post ${id}`,
      by: { name: 'Ada' },
      tags: ['a', 'b'],
      body: LONG,
    }))
    const [posts] = await json(JSON.stringify(objects))
    expect(posts?.headings.map(({ text }) => text)).toEqual(['Post 1', 'Post 2', 'Post 3'])
    expect(posts?.text).toContain(`Post 2\n\nid: 2\nby.name: Ada\ntags: a, b\nbody: ${LONG}`)
  })

  it('with a list of objects inside is a table too, and loses nothing around it', async () => {
    const [found] = await json(
      JSON.stringify({ about: `Answers ${LONG}`, answers: [{ a: LONG }, { a: LONG }, { a: 'z' }] }),
    )
    expect(found?.text).toContain(`about: Answers ${LONG}`)
    expect(found?.headings.map(({ text }) => text)).toEqual(['Entry 1', 'Entry 2', 'Entry 3', 'Entry 4'])
  })

  it('of another kind is read by its keys', async () => {
    const [found] = await json(
      '{"name":"belfry","on":true,"scripts":{"build":"make all","deep":{"x":null}},"vector":[1,2]}',
    )
    expect(found?.text).toBe('name: belfry\non: true\nvector: 1, 2\n\nscripts\n\nbuild: make all\n\ndeep')
  })

  it('leaves long lists of numbers out', async () => {
    const [found] = await json(
      JSON.stringify({ name: 'x', embedding: Array.from({ length: 400 }, (_, i) => i) }),
    )
    expect(found?.text).toBe('name: x')
  })

  it('that is broken is read as text and said so', async () => {
    const [found] = await json('{"name": "belfry",\n')
    expect(found?.text).toContain('"name": "belfry",')
    expect(found?.missing).toEqual(['The file is no valid JSON; it was read as plain text.'])
  })

  it('in lines is recognised whatever it is called', async () => {
    const [found] = await json('{"a":"one"}\n{"a":"two"}\n{"a":"three"}\n')
    expect(found).toMatchObject({ mediaType: 'application/x-ndjson' })
    expect(found?.text).toContain('a: one\na: two')
  })

  it('without words is refused', async () => {
    await expect(json('[[[{}]]]')).rejects.toThrow('`a.json` holds no words')
  })

  it('nested without end is refused', async () => {
    const nested = `${'['.repeat(20_000)}"deep"${']'.repeat(20_000)}`
    await expect(json(nested)).rejects.toMatchObject({ name: 'UnreadableFile' })
  })
})

describe('JSON Lines', () => {
  it('give a row for each line', async () => {
    const [found] = await lines(`{"q":"Why?","a":"${LONG}"}\n\n{"q":"How?","a":"${LONG}"}`)
    expect(found?.headings.map(({ text }) => text)).toEqual(['Entry 1', 'Entry 2'])
  })

  it('with a line that is no JSON keep it as text', async () => {
    const [found] = await lines('{"a":"one"}\n{"a":"tw\n{"a":"three"}')
    expect(found?.text).toContain('text: {"a":"tw')
    expect(found?.missing).toEqual(['Line 2 is no JSON; it was read as text.'])
  })

  it('are read slice by slice', async () => {
    const row = JSON.stringify({ text: 'é'.repeat(1000) })
    const documents = await lines(`${row}\n`.repeat(3000))
    expect(documents.map(({ path }) => path).slice(0, 2)).toEqual(['entries 1–500', 'entries 501–1000'])
    expect(documents.every(({ text }) => !text.includes('\uFFFD'))).toBe(true)
  })
})
