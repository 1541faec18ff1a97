import { advice } from './words/advice.ja.ts'
import { branch } from './words/branch.ja.ts'
import { changes } from './words/changes.ja.ts'
import { chart } from './words/chart.ja.ts'
import { deploy } from './words/deploy.ja.ts'
import { digest } from './words/digest.ja.ts'
import { drill } from './words/drill.ja.ts'
import { home } from './words/home.ja.ts'
import { incident } from './words/incident.ja.ts'
import { logs } from './words/logs.ja.ts'
import { mail } from './words/mail.ja.ts'
import { maintenance } from './words/maintenance.ja.ts'
import { manager } from './words/manager.ja.ts'
import { modal } from './words/modal.ja.ts'
import { newIncident } from './words/new-incident.ja.ts'
import { people } from './words/people.ja.ts'
import { postmortem } from './words/postmortem.ja.ts'
import { remedy } from './words/remedy.ja.ts'
import { report } from './words/report.ja.ts'
import { rollback } from './words/rollback.ja.ts'
import { silence } from './words/silence.ja.ts'
import { talk } from './words/talk.ja.ts'
import type { Words } from './words.ts'

export const ja: Words = {
  advice,
  branch,
  changes,
  chart,
  deploy,
  digest,
  drill,
  home,
  incident,
  logs,
  mail,
  maintenance,
  manager,
  modal,
  newIncident,
  people,
  postmortem,
  remedy,
  report,
  rollback,
  silence,
  talk,
}
