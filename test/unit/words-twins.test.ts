import { describe, expect, it } from 'vitest'
import { EscalationReason, NothingDue, Status } from '../../bot/incident/incident.ts'

import { buttons } from '../../bot/message/buttons.ts'
import { en } from '../../bot/message/words.en.ts'
import { ja } from '../../bot/message/words.ja.ts'
import { guidance, runbooks } from '../../common/runbook/bundled.ts'
import { chapters, type RunbookLanguage } from '../../common/runbook/types.ts'
import { limits } from '../../sandbox/slack/limits.ts'
import { fact, factsIn, ownWords, type Said, type Samples, textsBelow } from '../support/word-walk.ts'

const [one, two, three, four] = ['one', 'two', 'three', 'four'].map(fact)
const remedyFacts = { what: one, by: two, since: three }
/** Where a word chooses the sentence, each of the words there are; where a list is told, a list. */
const samples: Samples = {
  'incident.sentences': [[['⟦one⟧', '⟦two⟧']]],
  'incident.next': EscalationReason.options.map((why) => [one, two, why]),
  'incident.noNext': NothingDue.options.flatMap((why) => [
    [why, one],
    [why, undefined],
  ]),
  'incident.fallback': Status.options.flatMap((status) => [
    [one, two, status, three],
    [one, two, status, undefined],
  ]),
  'incident.reasonOver': [true, false].map((isAbove) => [one, two, isAbove, three, four]),
  'incident.reopened': [[1], [2]],
  'chart.course': ['rising', 'falling', 'steady'].map((trend) => [one, two, three, four, trend]),
  'advice.marked': ['met', 'not-met', 'not-known'].map((is) => [is, one]),
  'changes.caution': [[['⟦one⟧', '⟦two⟧']]],
  'changes.line': ['likely', 'possible', 'unlikely'].flatMap((judged) => [true, false].map((is) => [one, judged, is])),
  'changes.deployed': ['done', 'under-way', 'failed'].map((state) => [
    { versions: one, function: two, gap: three, who: four },
    state,
  ]),
  'changes.settings.provider.value': [['first'], ['second']],
  'logs.refused': [[['⟦one⟧', '⟦two⟧']]],
  'remedy.inForce': ['proven', 'waits', 'missing'].map((is) => [remedyFacts, { is, text: four }]),
  'remedy.each.disable-key.value': [['enabled'], ['disabled']],
  'remedy.each.new-key.value': [['enabled'], ['disabled']],
  'remedy.each.other-provider.value': [['first'], ['second']],
  'remedy.each.other-provider.inForce': [['second'], [one]],
}

const labelsOf = (language: RunbookLanguage) =>
  Object.fromEntries(Object.entries(buttons).map(([name, { label }]) => [name, label[language]]))
const english = textsBelow({ ...en, buttons: labelsOf('en'), chapters: chapters.en }, samples)
const japanese = textsBelow({ ...ja, buttons: labelsOf('ja'), chapters: chapters.ja }, samples)
const nameOf = ({ path, facts }: Said) => (facts ? `${path} (${facts})` : path)
const isJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)

/** Reviewed: names, numbers and signs, which read the same in both languages. */
const sameInBoth = [
  'changes.caution',
  'changes.details',
  'chart.units.%',
  'deploy.headline',
  'deploy.names.api',
  'deploy.sentence',
  'home.deployment',
  'incident.sentences',
  'incident.severity.Critical',
  'incident.severity.High',
  'incident.severity.Low',
  'incident.severity.Medium',
  'logs.details',
  'logs.links.insights',
  'logs.links.traces',
  'mail.both',
  'manager.triedBy',
  'modal.doneBy',
  'modal.versionOption',
  'people.announcement.open',
  'people.announcement.over',
  'postmortem.actions.open',
  'postmortem.actions.ticked',
  'postmortem.draft.askedAt',
  'postmortem.draft.detail',
  'remedy.modal.change',
  'remedy.named',
  'report.show.key',
  'rollback.commit',
  'rollback.numbers',
  'rollback.pricesOf',
]

it('the walk reaches every sentence', () => {
  expect(english.length).toBeGreaterThan(700)
  for (const path of ['talk.answers.too-late', 'rollback.refusal.alias-moved', 'buttons.rollBack', 'chapters.cases'])
    expect(english.map((said) => said.path)).toContain(path)
  expect(Object.keys(samples).filter((path) => !english.some((said) => said.path === path))).toEqual([])
})

it('each sentence has its twin, told with the same facts', () => {
  expect(japanese.map(nameOf)).toEqual(english.map(nameOf))
  const mentioned = (all: Said[]) =>
    all.filter(({ facts }) => facts === 'all').map((said) => [said.path, factsIn(said.text)])
  expect(mentioned(japanese)).toEqual(mentioned(english))
})

it.each([
  ['English', english],
  ['Japanese', japanese],
])('no %s sentence is empty, or shows what it was not told', (_, all) => {
  // A commit of which nothing is known has no line.
  const silent = all.filter(({ path, text }) => text.trim() === '' && path !== 'rollback.commit')
  expect(silent.map(nameOf)).toEqual([])
  const broken = all.filter(
    ({ facts, text }) => !facts.startsWith('fewer') && /undefined|null|NaN|\[object|=>/.test(text),
  )
  expect(broken.map(nameOf)).toEqual([])
})

it('every Japanese sentence is Japanese, but for what reads the same in both languages', () => {
  const foreign = japanese.filter(({ text }) => !isJapanese(ownWords(text))).map(({ path }) => path)
  expect([...new Set(foreign)].toSorted()).toEqual(sameInBoth)
  const stayed = japanese.filter(({ text }, index) => text === english[index]?.text).map(({ path }) => path)
  expect(stayed.filter((path) => !sameInBoth.includes(path))).toEqual([])
  expect(english.filter(({ text }) => isJapanese(ownWords(text))).map(nameOf)).toEqual([])
})

/** What Slack, or our drawer, would cut off: by the path of the words. */
const most: readonly [RegExp, number][] = [
  [
    /^buttons\.|^report\.show\.button$|^home\.(refresh|showDays)$|^report\.modal\.(kinds|services)\.|^remedy\.each\.[^.]+\.(button|undo)$/,
    limits.buttonText.most,
  ],
  [/^report\.(modal\.\w+Title|show\.title)$|^modal\.\w+Title$|^remedy\.each\.[^.]+\.title$/, limits.viewTitle.most],
  [/^report\.modal\.submit$|^modal\.\w*Submit$|^remedy\.modal\.\w*[sS]ubmit$/, limits.viewSubmit.most],
  [/^postmortem\.modal\.(title|submit)$/, limits.viewSubmit.most],
  [/^postmortem\.actions\.(done|undo)$/, limits.buttonText.most],
  [/^postmortem\.modal\.(what|who|due)$/, 150],
  [/^postmortem\.modal\.(what|due)Hint$|^postmortem\.modal\.badDue$/, 300],
  [/^silence\.(endNow$|services\.)/, limits.buttonText.most],
  [/^silence\.(title|submit|doneTitle)$/, limits.viewSubmit.most],
  [/^silence\.(service|lasts|why)$/, 150],
  [/^silence\.(lasts|why)Hint$/, 300],
  [/^modal\.(close|cancel)$/, limits.viewClose.most],
  [/^modal\.sureToResolve\.title$/, limits.confirmTitle.most],
  [/^modal\.sureToResolve\.text$/, limits.confirmText.most],
  [/^modal\.sureToResolve\.(yes|no)$/, limits.confirmConfirm.most],
  [/^modal\.(reason|target)$|^report\.modal\.(what|kind|service)$/, 150],
  [/^modal\.(reason|target)Hint$|^report\.modal\.whatHint$/, 300],
  [/^chart\.(measured|limit)$/, limits.chartSeriesName.most],
  [/^chart\.(time|units\..+)$/, limits.chartAxisLabel.most],
  [/^chapters\.|^home\.(title|open|people|deployments|numbers|postmortems)$/, limits.header.most],
]

it.each(most)('nothing of %s is longer than its place', (path, length) => {
  const placed = [...english, ...japanese].filter((said) => path.test(said.path))
  expect(placed.length).toBeGreaterThan(1)
  expect(placed.filter(({ text }) => text.length > length).map(({ text }) => text)).toEqual([])
})

describe('what the runbook says', () => {
  const namesAndCommands = /\.(metrics|logs|remedies|branch|kind)(\.|$)/
  const pagesOf = (language: RunbookLanguage) =>
    textsBelow({ guidance: guidance[language], runbook: prosaic(runbooks[language]) }, {}).filter(
      ({ path }) => !namesAndCommands.test(path),
    )
  /** Without the commands, which both languages share word for word. */
  const prosaic = (value: object): object =>
    JSON.parse(
      JSON.stringify(value, (_, each) => (Array.isArray(each) ? each.filter(({ kind }) => kind !== 'command') : each)),
    )
  const [inEnglish, inJapanese] = [pagesOf('en'), pagesOf('ja')]

  it('is said in both languages, at each of its places', () => {
    const short = (all: Said[]) => all.filter(({ path }) => path.startsWith('guidance')).map(nameOf)
    expect(short(inJapanese)).toEqual(short(inEnglish))
    const cases = (all: Said[]) => all.filter(({ path }) => path.endsWith('.title')).map(nameOf)
    expect(cases(inJapanese)).toEqual(cases(inEnglish))
    expect([...inEnglish, ...inJapanese].filter(({ text }) => text.trim() === '')).toEqual([])
  })

  it('is Japanese in Japanese, and English in English', () => {
    // A list of metrics has no other words.
    const foreign = inJapanese.filter(({ text }) => !isJapanese(text) && !/^\w+(、\w+)*$/.test(text))
    expect(foreign.map(({ text }) => text)).toEqual([])
    expect(inEnglish.filter(({ text }) => isJapanese(text)).map(({ text }) => text)).toEqual([])
  })

  it.each([
    ['en', en],
    ['ja', ja],
  ] as const)('has titles in "%s" that fit over a chart and over a case', (language, { chart }) => {
    const titles = Object.values(guidance[language]).map(({ title }) => chart.title(title))
    expect(titles.filter((title) => title.length > limits.chartTitle.most)).toEqual([])
    const cases = Object.values(runbooks[language]).flatMap((page) => page.cases.map(({ title }) => title))
    expect(cases.filter((title) => title.length > limits.header.most)).toEqual([])
  })
})
