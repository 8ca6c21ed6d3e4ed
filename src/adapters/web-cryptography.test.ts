import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createWebCryptography } from './web-cryptography.ts'

const { cipherOf, randomBytes } = createWebCryptography()
const SALT = Uint8Array.from({ length: 16 }, (_, i) => i)
const NONCE = new Uint8Array(12).fill(5)
const LABEL = Uint8Array.of(1, 2, 3)
const MESSAGE = new TextEncoder().encode('the tide turns at four')

describe('cryptography of the browser', () => {
  it('seals as OpenSSL does', async () => {
    const cipher = await cipherOf('Schlüssel', SALT, 1000)
    const sealed = await cipher.seal(NONCE, MESSAGE, LABEL)
    const key = pbkdf2Sync('Schlüssel', SALT, 1000, 32, 'sha256')
    const other = createDecipheriv('aes-256-gcm', key, NONCE)
    other.setAAD(LABEL)
    other.setAuthTag(sealed.subarray(MESSAGE.length))
    const opened = Buffer.concat([other.update(sealed.subarray(0, MESSAGE.length)), other.final()])
    expect(new Uint8Array(opened)).toEqual(MESSAGE)
  })

  it('opens what it has sealed, and nothing that differs in anything', async () => {
    const cipher = await cipherOf('one', SALT, 1000)
    const sealed = await cipher.seal(NONCE, MESSAGE, LABEL)
    expect(await cipher.open(NONCE, sealed, LABEL)).toEqual(MESSAGE)
    expect(await cipher.open(NONCE, sealed, Uint8Array.of(1, 2))).toBeUndefined()
    expect(await cipher.open(new Uint8Array(12), sealed, LABEL)).toBeUndefined()
    expect(await cipher.open(NONCE, sealed.subarray(1), LABEL)).toBeUndefined()
    expect(await cipher.open(NONCE, new Uint8Array(3), LABEL)).toBeUndefined()
    for (const [passphrase, rounds] of [
      ['two', 1000],
      ['one', 1001],
    ] as const) {
      expect(await (await cipherOf(passphrase, SALT, rounds)).open(NONCE, sealed, LABEL)).toBeUndefined()
    }
  })

  it('gives other bytes each time', () => {
    expect(randomBytes(16)).toHaveLength(16)
    expect(randomBytes(16)).not.toEqual(randomBytes(16))
  })
})
