import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LibraryBlob } from '../../core/ports/files.ts'
import { readEml } from './eml.ts'
import { type MboxOptions, readMbox } from './mbox.ts'
import { bytesOf } from './pdf-mail.suite.ts'

async function messagesOf(mailbox: LibraryBlob, options?: Partial<MboxOptions>) {
  const messages = []
  for await (const message of readMbox(mailbox, options)) messages.push(message)
  return messages
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const separator = 'From keeper@example.org Tue Mar  5 08:30:00 2024\n'

test('gives every message of a mailbox as a file of its own, named by its subject', async () => {
  const messages = await messagesOf(new Blob([bytesOf('fixtures/box.mbox')]))
  expect(messages.map(({ path }) => path)).toEqual([
    '0001 First watch.eml',
    '0002 Zweite Wache_ Nebel_Sturm.eml',
    '0003 Storm warning.eml',
  ])
  expect(messages[0]).toMatchObject({ modifiedAt: Date.parse('2024-03-05T07:30:00Z') })
})

test('turns >From back, and takes From in a sentence for text', async () => {
  const [first] = await messagesOf(new Blob([bytesOf('fixtures/box.mbox')]))
  if (first === undefined || !('bytes' in first)) throw new Error('expected a message')
  const { reading } = await readEml(first.bytes)
  expect(reading.blocks[1]?.text).toContain(
    'Quiet.\n\nFrom the tower one saw two ships.\n\nFrom 1999 on, there were three.',
  )
})

test('finds the same messages in slices of any size', async () => {
  const body = fc.constantFrom(
    'From here on.\n',
    '>From there\n',
    '\n',
    '\r\n',
    'words\n',
    `x${separator}`,
    'long '.repeat(300),
  )
  const message = fc.array(body, { maxLength: 6 }).map(lines => `Subject: a\n\n${lines.join('')}end\n\n`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 7, max: 3000 }),
      async (texts, slice) => {
        const mailbox = new Blob([texts.map(text => separator + text).join('')])
        const found = await messagesOf(mailbox, { slice })
        const wanted = texts.map(text => text.replace(/^>From/gm, 'From'))
        expect(found.map(one => ('bytes' in one ? decode(one.bytes) : one.reason))).toEqual(wanted)
      },
    ),
    { seed: 5, numRuns: 200 },
  )
})

test('reads a large mailbox slice by slice, and skips a message that is too large', async () => {
  const large = `${separator}Subject: large\n\n${'x'.repeat(3000)}\n\n`
  const mailbox = new Blob([large, `${separator}Subject: small\n\nwords\n`])
  let most = 0
  const counted: LibraryBlob = {
    size: mailbox.size,
    type: '',
    arrayBuffer: () => Promise.reject(new Error('expected slices')),
    slice: (start, end) => {
      most = Math.max(most, end - start)
      return mailbox.slice(start, end)
    },
  }
  const messages = await messagesOf(counted, { slice: 1500, largest: 2000 })
  expect(most).toBe(1500)
  expect(messages).toEqual([
    { path: '0001.eml', reason: 'The message is 1 MB large, more than is read at once.' },
    expect.objectContaining({ path: '0002 small.eml' }),
  ])
})

test('refuses what does not begin like a mailbox', async () => {
  await expect(messagesOf(new Blob(['Subject: a\n\nFrom me\n']))).rejects.toMatchObject({
    name: 'UnreadableFile',
  })
})
