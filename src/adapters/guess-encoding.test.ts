import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAs, decodeText } from './decode-text.ts'

/** All that a single-byte encoding can say, by its bytes; what it leaves open is missing. */
function encoderOf(label: string): (text: string) => Uint8Array {
  const codes = new Map<string, number>()
  for (let byte = 255; byte >= 0; byte--) codes.set(decodeAs(Uint8Array.of(byte), label), byte)
  return text =>
    Uint8Array.from(text, character => {
      const byte = codes.get(character)
      if (byte === undefined) throw new Error(`expected text that ${label} can say, got ${character}`)
      return byte
    })
}

/** The same for two bytes a character. */
function pairEncoderOf(label: string): (text: string) => Uint8Array {
  const decoder = new TextDecoder(label)
  const codes = new Map<string, readonly number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character.length === 1 && character !== '\uFFFD' && !codes.has(character))
        codes.set(character, [lead, trail])
    }
  }
  return text => Uint8Array.from(text.split('').flatMap(one => codes.get(one) ?? one.charCodeAt(0)))
}

const russian = 'Смотритель каждый вечер поднимался по двумстам ступеням, чтобы зажечь лампу.'
const ukrainian = 'Доглядач щовечора піднімався двомастами сходинками, щоб запалити лампу.'
const polish =
  'Latarnik co wieczór wchodził po dwustu stopniach, żeby zapalić lampę. Łódź przypłynęła później.'
const czech =
  'Strážce každý večer vystupoval po dvou stech schodech, aby rozsvítil lampu. Zvonilo na zvon, dokud nebylo pobřeží opět vidět, pak příliš žluťoučký kůň.'
const german =
  'Der Wärter stieg jeden Abend die Stufen hinauf, um die Lampe anzuzünden. Öl kam im Frühjahr übers Meer, größere Fässer später.'
const french =
  'Le gardien montait chaque soir pour allumer la lampe. Été comme hiver, la côte fût visible très tôt, dès la marée.'
const greek = 'Ο φύλακας ανέβαινε κάθε βράδυ διακόσια σκαλοπάτια για να ανάψει τη λάμπα.'
const turkish =
  'Bekçi her akşam lambayı yakmak için iki yüz basamak tırmanırdı. Işık çok uzaklardan görülürdü, ağaçlar büyüdü.'
const hebrew = 'השומר טיפס בכל ערב מאתיים מדרגות כדי להדליק את המנורה'
const arabic = 'كان الحارس يصعد كل مساء مئتي درجة ليشعل المصباح'
const thai = 'ผู้ดูแลปีนบันไดสองร้อยขั้นทุกเย็นเพื่อจุดตะเกียง'
const japanese =
  '灯台守は毎晩二百段の階段を上ってランプに火をともした。霧のときは海岸が再び見えるまで鐘を鳴らした。'
const chinese = '守塔人每天晚上爬两百级台阶去点亮灯。有雾的时候，每分钟敲两次钟，直到海岸重新出现。'
const traditional = '守塔人每天晚上爬兩百級臺階去點亮燈。有霧的時候，每分鐘敲兩次鐘，直到海岸重新出現。'
const korean = '등대지기는 매일 저녁 이백 계단을 올라가 등불을 켰다. 안개가 끼면 종을 쳤다.'

test.each([
  ['windows-1251', russian],
  ['koi8-r', russian],
  ['iso-8859-5', russian],
  ['ibm866', russian],
  ['x-mac-cyrillic', russian],
  ['windows-1251', ukrainian],
  ['koi8-u', ukrainian],
  ['windows-1250', polish],
  ['iso-8859-2', polish],
  ['windows-1250', czech],
  ['windows-1252', german],
  ['macintosh', german],
  ['windows-1252', french],
  ['macintosh', french],
  ['windows-1253', greek],
  ['windows-1254', turkish],
  ['windows-1255', hebrew],
  ['windows-1256', arabic],
  ['windows-874', thai],
])('recognises %s', (label, text) => {
  expect(decodeText(encoderOf(label)(text))).toBe(text)
})

test.each([
  ['shift_jis', japanese],
  ['euc-jp', japanese],
  ['gb18030', chinese],
  ['big5', traditional],
  ['euc-kr', korean],
])('recognises %s', (label, text) => {
  expect(decodeText(pairEncoderOf(label)(text))).toBe(text)
})

test('recognises ISO-2022-JP by its escapes', () => {
  expect(decodeText(Uint8Array.from('\x1B$B8w\x1B(B ok', one => one.charCodeAt(0)))).toBe('光 ok')
})

test('recognises an encoding by a few lines among many of plain English', () => {
  const text = `${'Plain words of a long log.\n'.repeat(5000)}${russian}\n${'More of it.\n'.repeat(5000)}`
  expect(decodeText(encoderOf('windows-1251')(text))).toBe(text)
})

describe('windows-1252', () => {
  const encode = encoderOf('windows-1252')

  test.each([
    'café',
    'naïve façade',
    'Müller',
    '© 2020 Ørsted',
    'price: 5 €',
    '“quoted” – it’s',
    '£12½',
    'Ångström',
    'señor ¿qué?',
    'ÄÖÜ',
    'Þórður á Íslandi',
  ])('is what the short text %s is taken for', text => {
    expect(decodeText(encode(text))).toBe(text)
  })

  test('is what any few characters among English words are taken for', () => {
    const words = fc.array(
      fc.constantFrom(
        'the',
        'lamp',
        'of',
        'a',
        'tower',
        'café',
        'naïve',
        'Zürich',
        'São',
        'El Niño',
        'garçon',
        'smörgås',
      ),
      {
        minLength: 1,
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(words, some => {
        const text = some.join(' ')
        expect(decodeText(encode(text))).toBe(text)
      }),
      { seed: 5 },
    )
  })
})
