import { advice } from './words/advice.en.ts'
import { branch } from './words/branch.en.ts'
import { changes } from './words/changes.en.ts'
import { chart } from './words/chart.en.ts'
import { deploy } from './words/deploy.en.ts'
import { digest } from './words/digest.en.ts'
import { drill } from './words/drill.en.ts'
import { home } from './words/home.en.ts'
import { incident } from './words/incident.en.ts'
import { logs } from './words/logs.en.ts'
import { mail } from './words/mail.en.ts'
import { maintenance } from './words/maintenance.en.ts'
import { manager } from './words/manager.en.ts'
import { modal } from './words/modal.en.ts'
import { newIncident } from './words/new-incident.en.ts'
import { people } from './words/people.en.ts'
import { postmortem } from './words/postmortem.en.ts'
import { remedy } from './words/remedy.en.ts'
import { report } from './words/report.en.ts'
import { rollback } from './words/rollback.en.ts'
import { silence } from './words/silence.en.ts'
import { talk } from './words/talk.en.ts'

export const en = {
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
