import { expect, test } from 'vitest'
import { readEml } from './eml.ts'
import { bytesOf } from './pdf-mail.suite.ts'

const read = (text: string) => readEml(new TextEncoder().encode(text.replaceAll('\n', '\r\n')))
const textOf = ({ reading }: Awaited<ReturnType<typeof readEml>>) =>
  reading.blocks.map(({ text }) => text).join('\n\n')

test('tells sender and date', async () => {
  const { reading } = await readEml(bytesOf('fixtures/letter.eml'))
  expect(reading.authors).toEqual(['Ada Finch'])
  expect(new Date(reading.writtenAt ?? 0).toISOString()).toBe('2024-03-05T07:30:00.000Z')
})

test('hands out the attachments as they were sent, under clean names', async () => {
  const { files } = await readEml(bytesOf('fixtures/letter.eml'))
  expect(files.map(({ path }) => path)).toEqual(['Lampenöl_ Liste.pdf', 'oil.csv'])
  expect(files[0]?.bytes).toEqual(bytesOf('fixtures/japanese.pdf'))
  expect(files[0]?.modifiedAt).toBe(Date.parse('2024-03-05T07:30:00Z'))
})

const both = (plain: string) => `From: a@example.org
Date: Tue, 05 Mar 2024 08:30:00 +0000
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

${plain}
--b
Content-Type: text/html

<p>${'The long form of the message. '.repeat(20)}</p>
--b--
`

test('takes the plain form, unless it says next to nothing', async () => {
  expect(textOf(await read(both('Plain words. '.repeat(20))))).not.toContain('long form')
  expect(textOf(await read(both('View this in a browser.')))).toContain('long form')
})

test('says that a message is encrypted', async () => {
  const mail = await read(`From: a@example.org
Subject: Secret
Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m
Content-Transfer-Encoding: base64

MIAGCSqGSIb3DQEHA6CAMIACAQA=
`)
  expect(mail.reading.missing).toEqual(['The message is encrypted: only its headers were read.'])
})

const part = (type: string, more = '') => `--b\nContent-Type: ${type}\n${more}\nabc\n`

test('leaves out signatures and pictures of the layout, and names what has no name', async () => {
  const { files } = await read(`From: a@example.org
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html

<img src="cid:logo">Text
${part('image/png', 'Content-ID: <logo>\nContent-Disposition: inline; filename=logo.png\n')}${part('application/pgp-signature', 'Content-Disposition: attachment\n')}${part('application/pdf', 'Content-Disposition: attachment\n')}--b--
`)
  expect(files.map(({ path }) => path)).toEqual([expect.stringMatching(/^attachment \d\.pdf$/)])
})

test('refuses what is no message', async () => {
  await expect(read('Just some words\nin a file')).rejects.toMatchObject({
    name: 'UnreadableFile',
    message: 'This is not an e-mail message: it names no sender, receiver or date.',
  })
})
