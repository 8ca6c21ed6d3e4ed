import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LIBRARY_FILE_ENDING, LIBRARY_FILE_TYPE } from '../core/library-file/file-name.ts'
import { readableTypes } from './file-kind.ts'

interface WebManifest {
  readonly file_handlers: readonly { readonly action: string; readonly accept: Record<string, string[]> }[]
  readonly share_target: { readonly action: string; readonly method: string; readonly enctype: string }
}

const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as WebManifest

describe('the manifest', () => {
  it('lets every file that can be read be opened with Belfry, and libraries', () => {
    const named = manifest.file_handlers.flatMap(({ accept }) =>
      Object.entries(accept).flatMap(([type, endings]) => endings.map(ending => [ending, type])),
    )
    const readable = [...readableTypes()].map(([extension, type]) => [`.${extension}`, type])
    const expected = [...readable, [LIBRARY_FILE_ENDING, LIBRARY_FILE_TYPE]]
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(expected))
    expect(named).toHaveLength(expected.length)
  })

  it('has shares posted to where the service worker takes them', () => {
    expect(manifest.share_target).toMatchObject({
      action: '/share',
      method: 'POST',
      enctype: 'multipart/form-data',
    })
  })
})
