import { expect, test } from 'vitest'
import { declaredCharset, decodeText } from './decode-text.ts'

const encoder = new TextEncoder()
const latin1 = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
const utf16le = (text: string) => new Uint8Array(Uint16Array.from(text, c => c.charCodeAt(0)).buffer)
const swap = (bytes: Uint8Array) => bytes.map((_, i) => bytes[i ^ 1] ?? 0)

test('reads UTF-8 with and without a byte order mark', () => {
  expect(decodeText(encoder.encode('naïve 日本 😀'))).toBe('naïve 日本 😀')
  expect(decodeText(encoder.encode('\uFEFFnaïve'))).toBe('naïve')
})

test('reads UTF-16 of either order with a byte order mark', () => {
  expect(decodeText(utf16le('\uFEFFÜber 日本'))).toBe('Über 日本')
  expect(decodeText(swap(utf16le('\uFEFFÜber 日本')))).toBe('Über 日本')
})

test('reads UTF-16 without a byte order mark by its NULs', () => {
  expect(decodeText(utf16le('The quick brown fox é'))).toBe('The quick brown fox é')
  expect(decodeText(swap(utf16le('The quick brown fox é')))).toBe('The quick brown fox é')
})

test('falls back to windows-1252', () => {
  expect(decodeText(latin1('caf\xe9 \x93quoted\x94 \x80 5'))).toBe('café “quoted” € 5')
})

test('stays with UTF-8 when only a few sequences are broken', () => {
  const bytes = new Uint8Array([...encoder.encode('é'.repeat(20)), 0xff, ...encoder.encode('ü')])
  expect(decodeText(bytes)).toBe(`${'é'.repeat(20)}\uFFFDü`)
})

test('takes the declared charset for bytes that are not UTF-8', () => {
  expect(decodeText(Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), 'windows-1251')).toBe('Привет')
})

test('takes UTF-8 for UTF-8, whatever is declared', () => {
  expect(decodeText(encoder.encode('Привет'), 'windows-1251')).toBe('Привет')
})

test('reads windows-1252 where the declared charset does not exist', () => {
  expect(decodeText(latin1('caf\xe9'), 'x-nobody-knows')).toBe('café')
})

test('finds the charset in either form of meta and in an XML declaration', () => {
  expect(declaredCharset(latin1('<!doctype html><meta charset="Shift_JIS">'))).toBe('shift_jis')
  expect(declaredCharset(latin1('<meta http-equiv=Content-Type content="text/html; charset=koi8-r">'))).toBe(
    'koi8-r',
  )
  expect(declaredCharset(latin1('<?xml version="1.0" encoding="ISO-8859-2"?><html>'))).toBe('iso-8859-2')
  expect(declaredCharset(latin1('<p>charset=utf-8</p>'))).toBeUndefined()
})
