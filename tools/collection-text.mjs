/** Invented technical and everyday prose: grammatical sentences from templates, seeded, without outside data. */

const TOPICS = {
  storage: 'disk partition journal snapshot volume block cache replica archive index segment checksum'.split(
    ' ',
  ),
  network:
    'router packet gateway tunnel socket proxy handshake timeout bandwidth firewall channel relay'.split(' '),
  garden: 'seedling trellis compost hedge orchard mulch shovel greenhouse pollen root harvest frost'.split(
    ' ',
  ),
  kitchen: 'oven dough skillet broth spice pantry recipe whisk simmer crust marinade kettle'.split(' '),
  sailing: 'hull rudder anchor tide harbour mast keel buoy compass rope current lantern'.split(' '),
  history: 'charter guild census treaty castle archive merchant province dynasty railway parish mill'.split(
    ' ',
  ),
  health: 'pulse muscle vaccine symptom clinic allergy bandage fever dosage posture recovery nurse'.split(
    ' ',
  ),
  software:
    'compiler parser thread module callback release branch interface variable pipeline query schema'.split(
      ' ',
    ),
}
const ADJECTIVES =
  'small early reliable broken quiet separate common older careful local empty heavy narrow simple useful second whole rough familiar gradual'.split(
    ' ',
  )
const VERBS =
  'replaces protects follows changes holds supports reaches limits describes improves needs carries joins delays prepares controls'.split(
    ' ',
  )
const PLACES =
  'in the first week|before the winter|after a restart|on the north side|during the night|without any warning|as a rule|in most cases|at the end of the day|under heavy load'.split(
    '|',
  )
const TEMPLATES = [
  w => `The ${w.adjective} ${w.noun} ${w.verb} the ${w.noun2} ${w.place}.`,
  w => `When the ${w.noun} is ${w.adjective}, check the ${w.noun2} and write down what you see.`,
  w => `Nobody expected that a ${w.noun} ${w.verb} so many ${w.noun2}s ${w.place}.`,
  w => `There are ${w.number} reasons to keep the ${w.noun} away from the ${w.noun2}.`,
  w => `${w.Place}, one ${w.noun} out of ${w.number} ${w.verb} its ${w.adjective} ${w.noun2}.`,
  w => `It is ${w.adjective} work, but the ${w.noun} ${w.verb} everything that the ${w.noun2} leaves behind.`,
  w => `Use **${w.noun} ${w.noun2}** only if the other way has failed; see [the notes](./${w.noun}.md).`,
]
/** What is planted, and a question for it that uses other words. */
const FACTS = [
  [
    n => `The violet ferret called ${n} guards the pumpkin cellar.`,
    n => `which animal named ${n} watches over the squash basement`,
  ],
  [
    n => `Captain ${n} hid the ivory flute beneath the windmill stairs.`,
    n => `where did ${n} conceal a musical instrument`,
  ],
  [
    n => `A meteorite named ${n} fell into the trout pond on a Tuesday.`,
    n => `rock from space ${n} landing in water`,
  ],
  [
    n => `Professor ${n} proved that moths prefer jazz to opera.`,
    n => `${n} insects and their taste in music`,
  ],
]
const SYLLABLES =
  'ba dor fen gri hul jas kel lom mur nip orv pes quil rast siv tun ulb vex wim yor zan'.split(' ')

export function createWriter(seed) {
  const random = mulberry32(seed)
  const pick = list => list[Math.floor(random() * list.length)]
  const int = (least, most) => least + Math.floor(random() * (most - least + 1))

  const sentence = nouns => {
    const place = pick(PLACES)
    const words = {
      adjective: pick(ADJECTIVES),
      noun: pick(nouns),
      noun2: pick(nouns),
      verb: pick(VERBS),
      number: int(2, 40),
      place,
    }
    return pick(TEMPLATES)({ ...words, Place: capital(place) })
  }
  const paragraph = nouns => Array.from({ length: int(3, 6) }, () => sentence(nouns)).join(' ')
  const heading = nouns => `${capital(pick(ADJECTIVES))} ${pick(nouns)} and ${pick(nouns)}`
  const block = nouns => {
    const kind = random()
    if (kind < 0.1) return { list: Array.from({ length: int(3, 6) }, () => sentence(nouns)) }
    if (kind < 0.15)
      return {
        code: `${pick(nouns)} --${pick(nouns)}=${int(1, 99)}\n${pick(nouns)} status | head -${int(1, 9)}`,
      }
    if (kind < 0.3) return { heading: heading(nouns), level: int(2, 3) }
    return { paragraph: paragraph(nouns) }
  }
  return {
    chance: share => random() < share,
    /** A name from its number, so that no two facts share one. */
    fact(number) {
      const [text, query] = FACTS[number % FACTS.length]
      const name = capital(nameOf(number))
      return { text: text(name), query: query(name) }
    },
    /** A document of about `bytes` as Markdown, with `fact` as a paragraph of its own somewhere. */
    document(bytes, fact) {
      const folder = pick(Object.keys(TOPICS))
      const nouns = TOPICS[folder]
      const title = heading(nouns)
      const blocks = [{ paragraph: paragraph(nouns) }]
      for (let size = 300; size < bytes; ) {
        const next = block(nouns)
        blocks.push(next)
        size += markdownOf(next).length + 2
      }
      if (fact !== undefined) blocks.splice(int(1, blocks.length), 0, { paragraph: fact })
      const front = random() < 0.3
      return {
        folder,
        slug: title.toLowerCase().replaceAll(' ', '-'),
        toMarkdown: () =>
          `${front ? `---\ntitle: ${title}\ntags: [${folder}]\n---\n\n` : ''}# ${title}\n\n${blocks.map(markdownOf).join('\n\n')}\n`,
        toHtml: () => htmlPage(title, blocks),
      }
    },
  }
}

function markdownOf(block) {
  if (block.heading !== undefined) return `${'#'.repeat(block.level)} ${block.heading}`
  if (block.list !== undefined) return block.list.map(item => `- ${item}`).join('\n')
  if (block.code !== undefined) return `\`\`\`sh\n${block.code}\n\`\`\``
  return block.paragraph
}

function htmlOf(block) {
  if (block.heading !== undefined) return `<h${block.level}>${block.heading}</h${block.level}>`
  if (block.list !== undefined)
    return `<ul>${block.list.map(item => `<li>${inline(item)}</li>`).join('')}</ul>`
  if (block.code !== undefined) return `<pre><code>${block.code}</code></pre>`
  return `<p>${inline(block.paragraph)}</p>`
}

function inline(text) {
  return text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/\[(.+?)\]\((.+?)\)/g, '<a href="$2">$1</a>')
}

function htmlPage(title, blocks) {
  const body = blocks.map(htmlOf).join('\n')
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body>` +
    `<nav><a href="/">Home</a></nav><main><h1>${title}</h1>\n${body}\n</main><footer>Made up</footer></body></html>\n`
  )
}

function nameOf(number) {
  const n = SYLLABLES.length
  const last = SYLLABLES[number % n] + SYLLABLES[Math.floor(number / n) % n]
  const rest = Math.floor(number / (n * n))
  return rest > 0 ? last + nameOf(rest - 1) : last
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1)
}

/**
 * Small seeded generator (Tommy Ettinger's mulberry32): numbers from 0 up to 1.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function mulberry32(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
