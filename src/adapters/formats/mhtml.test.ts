import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMhtml } from './mhtml.ts'
import { base64Bytes, binaryString, bytesOfBinary, quotedPrintableBytes } from './transfer-encoding.ts'

const page = (type: string, encoding: string, body: string) =>
  bytesOfBinary(
    `From: <Saved by a browser>\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n----b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n----b--\r\n`,
  )
const text = (bytes: Uint8Array) => readMhtml(bytes).blocks.map(block => block.text)

test('reads a page in quoted-printable, in base64 and as it is', () => {
  expect(text(page('text/html', 'quoted-printable', '<p>A light=\r\nhouse=20caf=C3=A9'))).toEqual([
    'A lighthouse café',
  ])
  expect(text(page('text/html', 'base64', 'PHA+QSBsaWdodGhv\r\ndXNl'))).toEqual(['A lighthouse'])
  expect(text(page('text/html', '8bit', '<p>caf\xe9'))).toEqual(['café'])
})

test('takes the charset of the part, else that of the page', () => {
  expect(text(page('text/html; charset=windows-1251', 'quoted-printable', '<p>=CF=F0=E8=E2=E5=F2'))).toEqual([
    'Привет',
  ])
  expect(text(page('text/html', 'quoted-printable', '<meta charset=koi8-r><p>=F0=D2=C9=D7=C5=D4'))).toEqual([
    'Привет',
  ])
})

test('refuses a file without a page', () => {
  expect(() => readMhtml(page('text/css', '7bit', 'p{}'))).toThrow(
    'This saved web page is damaged: there is no page in it.',
  )
})

test('decodes base64 as the platform encodes it, whatever stands between', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat({ max: 80 }), (bytes, at) => {
      const encoded = btoa(binaryString(bytes))
      expect([...base64Bytes(`${encoded.slice(0, at)}\r\n${encoded.slice(at)}`)]).toEqual([...bytes])
    }),
    { seed: 5 },
  )
})

test('decodes quoted-printable with soft line ends, and leaves what is no code', () => {
  expect(binaryString(quotedPrintableBytes('a=3Db= \r\nc=\nd=zz='))).toBe('a=bcd=zz=')
})
