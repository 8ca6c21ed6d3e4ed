import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'

const LONGEST_LINE = 1000
const LONGEST_KEY = 120

/**
 * YAML, cut at its upper keys, which are headings, and at the entries of a list; the text stays as it stands, with its
 * comments. Nothing is ever expanded, so that references cannot grow without end.
 */
export function readYaml(source: string): Reading {
  return cutLines(source, yamlCut)
}

function yamlCut(line: string): Block[] | undefined {
  const key = /^(["']?)([^\s#"'-][^:#"']{0,118})\1:(?:\s|$)/.exec(line)?.[2]
  if (key === undefined) return line.startsWith('- ') || line === '---' ? [] : undefined
  const saysItsValue = /:\s+[^|>&\s]/.test(line)
  return saysItsValue ? [] : [{ text: key.trim(), level: 2 }]
}

/** TOML, INI, properties and the like, cut at their `[sections]`, which are headings; comments stay. */
export function readIni(source: string): Reading {
  return cutLines(source, line => {
    const section = /^\s*\[{1,2}\s*([^[\]]{1,120}?)\s*\]{1,2}\s*(?:[#;].*)?$/.exec(line)?.[1]
    return section === undefined ? undefined : [{ text: section.slice(0, LONGEST_KEY), level: 2 }]
  })
}

/** @param cut What is put in front of a line at which a block begins; `undefined` when the line goes on the block. */
function cutLines(source: string, cut: (line: string) => Block[] | undefined): Reading {
  const blocks: Block[] = []
  let lines: string[] = []
  for (const line of source.replace(/\r\n?/g, '\n').split('\n')) {
    const front = line.length > LONGEST_LINE ? undefined : cut(line)
    if (front !== undefined) {
      blocks.push({ text: lines.join('\n') }, ...front)
      lines = []
    }
    lines.push(line)
  }
  blocks.push({ text: lines.join('\n') })
  return { title: undefined, blocks: blocks.filter(({ text }) => text.trim() !== '') }
}
