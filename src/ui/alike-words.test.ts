import { expect, it } from 'vitest'
import { alikeWords } from './alike-words.ts'

it('names one document and counts the others', () => {
  const alike = ['Offer', 'Old offer', 'Offer (2)'].map(title => ({ title }))
  expect(alikeWords(alike.slice(0, 1))).toBe('Nearly the same as Offer')
  expect(alikeWords(alike, 'en')).toBe('Nearly the same as Offer and 2 more')
})
