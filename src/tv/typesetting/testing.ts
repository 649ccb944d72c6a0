import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Face, Line } from './text.ts'

/** What the tests of this folder share. */

/** A font with known widths: Western characters half an em, everything else one em. */
export function gridMeasure(text: string, face: Face): number {
  let ems = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xdc00 && code <= 0xdfff) continue
    ems += code < 0x2000 && code !== 0xb7 ? 0.5 : 1
  }
  return ems * face.size
}

/** A font as fonts are: proportional Western characters, narrow quotation marks, a short dash. */
export function unevenMeasure(text: string, face: Face): number {
  let ems = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xdc00 && code <= 0xdfff) continue
    if (code === 0x2014) ems += 0.89
    else if (code >= 0x2018 && code <= 0x201d) ems += 0.37
    else if (code < 0x2000) ems += 0.25 + (code % 11) * 0.05
    else ems += 1
  }
  return ems * face.size
}

/** Right edge of what a line draws, px, with the blank half of a closing mark at its end taken off. */
export function inkEnd(line: Line, size: number, measure: (text: string, face: Face) => number): number {
  const run = line.runs[line.runs.length - 1]
  if (run === undefined) return 0
  let x = run.x + run.spacing * (run.text.length - 1)
  const face = { size, bold: run.bold }
  x += run.spacing === 0 ? measure(run.text, face) : run.text.split('').reduce((sum, c) => sum + measure(c, face), 0)
  const last = run.text.slice(-1)
  const width = measure(last, face)
  if ('）》〉」』】〕〗］｝”’，、；：。！？．'.indexOf(last) >= 0 && width >= 0.75 * size) x -= width / 2
  return x
}

const CORPUS = new URL('../../../../shared/corpus/regulations/', import.meta.url)

/** Paragraphs of one regulation of the corpus. */
export interface Text {
  readonly name: string
  readonly paragraphs: readonly string[]
}

/** The corpus of real regulations beside the project, where there is one; else none. */
export function corpus(): Text[] {
  if (!existsSync(CORPUS)) return []
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name, paragraphs: paragraphsOf(readFileSync(new URL(encodeURIComponent(name), CORPUS), 'utf8')) }))
}

function paragraphsOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .map((line) => line.replace(/^#+ /, ''))
    .filter((line) => line.trim() !== '' && !line.startsWith('<!--'))
}
