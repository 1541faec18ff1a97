import { html } from './html.ts'
import type { StatusAnswer, StatusIncident } from './schemas.ts'
import { type StatusLanguage, statusWords } from './status-words.ts'

/** Plain and small: it has to load when everything else is in trouble. Times are in UTC, because it runs no script. */
export function statusPage(status: StatusAnswer, language: StatusLanguage): string {
  const say = statusWords[language]
  const open = status.incidents.map((incident) => item(incident, language))
  const recent = status.recent.map((incident) => item(incident, language))
  const nothing = status.status === 'unknown' ? say.notKnown : say.nothingNow
  // What was decided says more than that requests fail.
  const now = status.maintenance ? status.summary : say.summary[status.status]
  return html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say.title}</title>
<style>${[style]}</style>
<main>
<h1>${say.title}</h1>
<p class="now ${status.status}"><strong>${now}</strong></p>
${status.summary === now ? [] : [html`<p>${status.summary}</p>`]}
${status.maintenance ? [maintenance(status.maintenance, language)] : []}
<p>${say.newestPrice}: ${status.newestPriceAt === null ? say.none : [time(status.newestPriceAt)]}</p>
<h2>${say.now}</h2>
${open.length > 0 ? [`<ul>${open.join('')}</ul>`] : [html`<p>${nothing}</p>`]}
<h2>${say.recent}</h2>
${recent.length > 0 ? [`<ul>${recent.join('')}</ul>`] : [html`<p>${say.nothingRecent}</p>`]}
<footer>${say.checked} ${[time(status.checkedAt)]}</footer>
</main>
</html>
`
}

const time = (at: string): string => html`<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`

function maintenance(on: NonNullable<StatusAnswer['maintenance']>, language: StatusLanguage): string {
  const { maintenance: say } = statusWords[language]
  return html`<section><strong>${say.title}</strong> <span>${on.text}</span>
<small>${say.since} ${[time(on.since)]} · ${say.expected} ${on.expectedUntil === null ? say.notKnown : [time(on.expectedUntil)]}</small></section>`
}

function item(incident: StatusIncident, language: StatusLanguage): string {
  const { id, state, affects, notice, since, lastUpdate, resolvedAt } = incident
  const say = statusWords[language]
  return html`<li><strong>${say.state[state]}</strong> <span>${affects}</span>${notice ? [html`<span class="notice">${notice.text}</span>`] : []}
<small>${say.since} ${[time(since)]} · ${resolvedAt === undefined ? say.lastUpdate : say.ended} ${[time(resolvedAt ?? lastUpdate)]} · <code>${id}</code></small></li>`
}

const style = `
:root{font:16px/1.6 system-ui,sans-serif;color:#1d1c1d;background:#fff}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.4rem;margin:0 0 1rem}
h2{font-size:1rem;margin:2rem 0 .5rem;color:#616061}
ul{list-style:none;margin:0;padding:0}
li,section{border:1px solid #ddd;border-radius:8px;padding:.75rem 1rem;margin:.5rem 0}
section{border-color:#c0392b}
span,small{display:block}
.notice{white-space:pre-line;overflow-wrap:anywhere;margin:.5rem 0}
small,footer{color:#616061;overflow-wrap:anywhere}
footer{margin-top:2rem;font-size:.875rem}
.now{border-left:6px solid #2b7d4f;padding:.5rem 1rem;margin:0;background:#eef7f1}
.degraded{border-color:#b8860b;background:#fdf6e3}
.disrupted{border-color:#c0392b;background:#fdeeec}
.unknown{border-color:#6b7280;background:#f3f4f6}
@media (prefers-color-scheme:dark){
:root{color:#e8e8e8;background:#17181a}
h2,small,footer{color:#a6a8ab}
li{border-color:#3a3c40}
section{border-color:#f0766a}
.now{background:#16281e;border-color:#4caf7d}
.degraded{background:#2b2410;border-color:#e0b040}
.disrupted{background:#2e1614;border-color:#f0766a}
.unknown{background:#232529;border-color:#9ca3af}
}`
