import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessLanguage, type Language, LANGUAGES, stem } from './language.ts'
import { wordsAndPositions } from './tokenise.ts'

describe('guessLanguage', () => {
  it.each<[Language, string]>([
    ['en', 'The bell was cast in the foundry at the end of the street and hung in the tower by hand.'],
    ['de', 'Die Glocke wurde in der Gießerei am Ende der Straße gegossen und von Hand im Turm aufgehängt.'],
    [
      'fr',
      'La cloche a été fondue dans la fonderie au bout de la rue et suspendue à la main dans le clocher.',
    ],
    ['es', 'La campana se fundió en la fundición al final de la calle y fue colgada a mano en la torre.'],
    ['it', 'La campana fu fusa nella fonderia in fondo alla strada e appesa a mano nel campanile del paese.'],
    ['pt', 'O sino foi fundido na fundição no fim da rua e pendurado à mão na torre da igreja.'],
    [
      'unknown',
      'Kello valettiin kadun päässä olevassa valimossa ja ripustettiin torniin käsin ennen talven tuloa.',
    ],
    [
      'unknown',
      'De klok werd in de gieterij aan het einde van de straat gegoten en met de hand in de toren gehangen.',
    ],
    [
      'unknown',
      'Колокол был отлит в литейной мастерской в конце улицы и повешен вручную на башне у самой реки.',
    ],
    ['en', 'Bell tower'],
    ['de', 'Der Turm und die Glocke'],
    ['en', ''],
  ])('takes for %s: %s', (language, text) => {
    expect(guessLanguage(wordsAndPositions(text).words)).toBe(language)
  })
})

describe('stem', () => {
  it.each<[Language, string]>([
    ['de', 'glocke glocken'],
    ['de', 'kind kinder kindern kindes'],
    ['de', 'schon schone schonen schoner schonste'],
    ['fr', 'cloche cloches'],
    ['fr', 'cheval chevaux'],
    ['fr', 'national nationaux'],
    ['fr', 'grande grandes'],
    ['es', 'campana campanas'],
    ['es', 'felices feliz'],
    ['es', 'blanco blanca blancos blancas'],
    ['it', 'campana campane'],
    ['it', 'bianco bianca bianchi bianche'],
    ['pt', 'nacao nacoes'],
    ['pt', 'animal animais'],
    ['pt', 'homem homens'],
    ['pt', 'bonito bonita bonitos bonitas'],
    ['en', 'tower towers'],
  ])('brings together in %s: %s', (language, forms) => {
    expect(new Set(forms.split(' ').map(form => stem(form, language))).size).toBe(1)
  })

  it('changes no first letter: marks in results are looked for by it', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}(?:s|es|ing|ly|heit|ung|mente|aux|oes|issimi)?$/)
    fc.assert(
      fc.property(word, fc.constantFrom(...LANGUAGES), (text, language) => {
        expect(stem(text, language)[0]).toBe(text[0])
      }),
    )
  })

  it('leaves words of an unknown language as they are', () => {
    expect(stem('towers', 'unknown')).toBe('towers')
  })
})
