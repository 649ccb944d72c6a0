/**
 * A stretch of a Markdown body: a paragraph or a heading that holds no markup at
 * all, or text that needs a real parser. Line numbers count from 0.
 */
export type Segment =
  | { readonly is: 'paragraph'; readonly text: string }
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly is: 'markdown'; readonly text: string; readonly line: number }

/**
 * Characters that may begin something which runs on across blank lines (fences,
 * HTML, comments) or acts from far away (link definitions). A body with one of
 * them is parsed as a whole.
 */
const farReaching = /[`~<[]/u

/** A line that CommonMark reads as one paragraph of exactly this text. */
const plainLine = /^(?![\d#>*+=_|&\\!:{-])\S[^*_\\&\uE000-\uF8FF\uFFFD]*$/u
/** A heading without closing marks or markup. */
const plainHeading = /^(#{2,4}) ((?!\s)[^#*_\\&\uE000-\uF8FF\uFFFD]*[^\s#*_\\&\uE000-\uF8FF\uFFFD])[ \t]*$/u

/**
 * Cuts a body where CommonMark's meaning of one part cannot depend on another.
 * Regulations are almost wholly plain paragraphs; not sending those through the
 * parser makes a large build several times faster, with the same blocks.
 */
export function segments(body: string): Segment[] {
  if (farReaching.test(body)) return [{ is: 'markdown', text: body, line: 0 }]
  const found: Segment[] = []
  /** Lines that wait for the parser, from `waitingFrom`. */
  let waiting: string[] = []
  let waitingFrom = 0
  const flush = (): void => {
    if (waiting.some((text) => text.trim() !== '')) {
      found.push({ is: 'markdown', text: waiting.join('\n'), line: waitingFrom })
    }
    waiting = []
  }
  for (const chunk of chunks(body)) {
    const plain = chunk.lines.length === 1 ? plainSegment(chunk.lines[0] ?? '') : null
    if (plain) {
      flush()
      found.push(plain)
      continue
    }
    // Blank lines between chunks are kept, so that line numbers hold and a list stays one list.
    if (waiting.length === 0) waitingFrom = chunk.line
    while (waiting.length < chunk.line - waitingFrom) waiting.push('')
    waiting.push(...chunk.lines)
  }
  flush()
  return found
}

function plainSegment(line: string): Segment | null {
  if (plainLine.test(line)) return { is: 'paragraph', text: line }
  const heading = plainHeading.exec(line)
  if (!heading) return null
  const level = heading[1]?.length === 2 ? 1 : heading[1]?.length === 3 ? 2 : 3
  return { is: 'heading', level, text: heading[2] ?? '' }
}

/** Runs of lines between blank lines. */
function chunks(body: string): { lines: string[]; line: number }[] {
  const found: { lines: string[]; line: number }[] = []
  let open: { lines: string[]; line: number } | null = null
  body.split('\n').forEach((text, line) => {
    if (/^[ \t]*$/u.test(text)) {
      open = null
    } else if (open) {
      open.lines.push(text)
    } else {
      open = { lines: [text], line }
      found.push(open)
    }
  })
  return found
}
