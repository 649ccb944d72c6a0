import settings from '../../settings.json' with { type: 'json' }
import english from '../../static/locales/en.json' with { type: 'json' }
import chinese from '../../static/locales/zh-CN.json' with { type: 'json' }
import { emptyBox, pictureName, savePicture } from './box.ts'
import { addressOf, choicesOf, pictureSize } from './choices.ts'
import type { Choices } from './choices.ts'
import { action, card, list, segments } from './controls.ts'
import { both, element } from './element.ts'
import { holderOf, isForTv } from './keys.ts'
import { keyboardHelp } from './keyboard-help.ts'
import { NewEdition } from './new-edition.ts'
import { OutlinePanel } from './outline.ts'
import { recordForm } from './record-form.ts'
import { Remote } from './remote.ts'
import { listen, presentFault, switchFault } from './server.ts'
import type { FaultMode } from './server.ts'
import { Television } from './television.ts'
import { texts } from './texts.ts'
import type { Text } from './texts.ts'

const installed: Choices = {
  screen: '720',
  renderer: settings.screen.renderer as Choices['renderer'],
  region: settings.region,
  lang: settings.locale as Choices['lang'],
  record: '',
}

let choices = choicesOf(location.search, location.hash, installed)

/** What just happened, for a few seconds, also said by screen readers. */
const notice = element('p', { class: 'notice', role: 'status' })
let noticeTimer: ReturnType<typeof setTimeout> | undefined
function notify(text: Text): void {
  notice.replaceChildren(both(text))
  clearTimeout(noticeTimer)
  noticeTimer = setTimeout(() => {
    notice.replaceChildren()
  }, 6_000)
}

const television = new Television({
  changed: () => {
    remote.dark()
    outline.follow(television.window?.document ?? null)
  },
  key: (code, phase) => {
    remote.light(code, phase)
  },
})
const remote = new Remote((key, phase, repeat) => {
  television.send(key, phase, repeat)
})
const news = new NewEdition(television)
const outline = new OutlinePanel(() => {
  describe()
  news.look()
})

/** Starts the box with other choices, at the record where it is. */
function choose(change: Partial<Choices>): void {
  const { record } = choicesOf('', television.place, installed)
  choices = { ...choices, record, ...change }
  history.replaceState(null, '', addressOf(location.pathname, choices))
  start()
}

function start(): void {
  television.start(addressOf('/tv/', choices), pictureSize(choices.screen))
  fit()
}

/** Choosing by mouse leaves the keyboard with the television; choosing by keyboard leaves it where it is. */
let byPointer = false
function backToTv(): void {
  if (byPointer) television.focus()
}

function choosing<K extends keyof Choices>(name: K): (value: Choices[K]) => void {
  return (value) => {
    choose({ [name]: value })
    backToTv()
  }
}

// The picture.

const sizeText = (name: string): Text => ({ zh: name, en: '' })
const resolution = segments(
  'screen',
  texts.resolution,
  [
    { value: '720', label: sizeText('1280×720') },
    { value: '1080', label: sizeText('1920×1080') },
  ],
  choosing('screen'),
)
const renderer = segments(
  'renderer',
  texts.renderer,
  [
    { value: 'auto', label: texts.rendererAuto },
    { value: 'webgl', label: sizeText('WebGL') },
    { value: 'canvas', label: sizeText('Canvas') },
  ],
  choosing('renderer'),
)
/** Districts as the app names them, without the city itself, which is no household's district. */
const districts = Object.entries(chinese)
  .filter(([key]) => /^region\.\d{4}(?!00)/.test(key))
  .map(([key, zh]) => ({ value: key.slice('region.'.length), label: { zh, en: english[key as keyof typeof english] } }))
const district = list(texts.district, districts, choosing('region'))
const language = segments(
  'lang',
  texts.language,
  [
    { value: 'zh-CN', label: texts.chinese },
    { value: 'en', label: texts.english },
  ],
  choosing('lang'),
)
resolution.set(choices.screen)
renderer.set(choices.renderer)
district.set(choices.region)
language.set(choices.lang)

// The network.

const network = segments<FaultMode>(
  'fault',
  texts.network,
  [
    { value: 'none', label: texts.normal },
    { value: 'offline', label: texts.offline },
    { value: 'forged', label: texts.forged },
    { value: 'slow', label: texts.slow },
  ],
  (mode) => {
    switchFault(mode).then(network.set, () => {
      notify(texts.networkUnknown)
      showFault()
    })
    backToTv()
  },
)
network.node.classList.add('two-by-two')
function showFault(): void {
  presentFault().then(network.set, () => {
    network.set(null)
  })
}

const checkNow = action(texts.checkNow, () => {
  television.window?.tv?.checkNow()
  notify(texts.checking)
  backToTv()
})

// The box.

const save = action(texts.savePicture, () => {
  const app = television.window
  const picture = app?.tv?.picture()
  if (!app || picture === undefined) return
  const screen = app.document.querySelector('#outline')?.getAttribute('data-screen') ?? 'screen'
  savePicture(picture, pictureName(screen, new Date()))
  notify(texts.saved)
  backToTv()
})
const restart = action(texts.restart, () => {
  television.restart()
  backToTv()
})
const empty = action(texts.emptyBox, () => {
  television.off()
  emptyBox().then(
    () => {
      notify(texts.emptied)
    },
    () => {
      notify(texts.notEmptied)
    },
  ).finally(() => {
    television.restart()
    backToTv()
  })
})

const record = recordForm(choices.record, (id) => {
  choose({ record: id })
  television.focus()
})

// Where everything stands.

const facts = element('p', { class: 'facts' })
const keyboardAt = element('p', { class: 'keyboard-at' })
/** Says what is shown and how, and lets only those buttons be pressed that do something now. */
function describe(): void {
  const { width, height } = pictureSize(choices.screen)
  const running = television.window?.tv
  const drawn = running ? ` · ${running.renderer === 'webgl' ? 'WebGL' : 'Canvas'}` : ''
  facts.textContent = `${width}×${height} · ${Math.round(television.scale * 100)}%${drawn}`
  for (const button of [checkNow, save]) button.disabled = !running
  const connected = television.hasKeyboard || holderOf(document.activeElement) === 'page'
  keyboardAt.classList.toggle('on', connected)
  keyboardAt.replaceChildren(both(connected ? texts.keysToTv : texts.keysElsewhere))
}

const serverState = element('p', { class: 'server', role: 'status' })

const stage = element('div', { class: 'stage' }, television.node, element('div', { class: 'caption' }, facts, keyboardAt))
const viewing = element('div', { class: 'viewing' }, stage, outline.node)
document.body.append(
  element(
    'header',
    {},
    element('h1', {}, both(texts.title)),
    element('p', { class: 'intro' }, both(texts.intro)),
    notice,
    serverState,
  ),
  element(
    'main',
    {},
    viewing,
    element('div', { class: 'hand' }, remote.node, keyboardHelp()),
    element(
      'div',
      { class: 'panel' },
      card(texts.picture, resolution.node, renderer.node, district.node, language.node),
      card(texts.network, network.node, checkNow),
      card(texts.box, element('div', { class: 'row' }, restart, empty), save),
      card(texts.open, record),
    ),
  ),
)

/** The least height that the text panel keeps, and what bezel and caption take, CSS px. */
const textHeight = 190
const around = { width: 20, height: 56 }

/** As large a picture as leaves room for the text below it. */
function fit(): void {
  const { top } = viewing.getBoundingClientRect()
  const height = Math.max(300, window.innerHeight - window.scrollY - top - textHeight - around.height)
  television.fit({ width: viewing.clientWidth - around.width, height })
  describe()
}
new ResizeObserver(fit).observe(document.documentElement)
window.addEventListener('resize', fit)

document.addEventListener('pointerdown', () => {
  byPointer = true
}, true)
for (const phase of ['keydown', 'keyup'] as const) {
  document.addEventListener(phase, (event) => {
    byPointer = false
    if (!isForTv(event, holderOf(document.activeElement))) return
    event.preventDefault()
    television.send({ code: event.keyCode, key: event.key }, phase, event.repeat)
  })
}
for (const moved of ['focus', 'blur', 'focusin', 'focusout']) {
  // The new element has the focus only after the event that took it from the old one.
  window.addEventListener(moved, () => setTimeout(describe))
}

listen({
  app: () => {
    television.restart()
    notify(texts.newApp)
  },
  feed: () => {
    news.expect()
    notify(texts.newFeed)
  },
  connected: (is) => {
    serverState.className = `server ${is ? 'good' : 'bad'}`
    serverState.replaceChildren(both(is ? texts.live : texts.stopped))
    if (is) showFault()
  },
})
start()
television.focus()
