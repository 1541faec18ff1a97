import { anew, type Course, gravity, isRunning, listed, min, ringing } from './week-course.ts'
import type { Call, Fact, Found, Ms } from './week-facts.ts'
import { endsNow, judge, nextCall, reminderDue, remindersSoFar, secondAskDue, stepsUp } from './week-rules.ts'

/** All that must happen to the incidents of one service, from nothing but what people and the world did. */
export function mustHappen(facts: readonly Fact[]): Call[] {
  const calls: Call[] = []
  let course: Course | undefined
  for (const fact of facts) {
    const call = (what: Call['what'], why?: readonly string[]) => calls.push({ at: fact.at, what, ...(why && { why }) })
    if (fact.is === 'alarm') course = afterAlarm(course, fact, call)
    else if (course && course.over === undefined) afterFact(course, fact, call)
  }
  return calls
}

type Tell = (what: Call['what'], why?: readonly string[]) => void

/** What is due goes up, one level at a time, and never after the end. */
function goUp(course: Course, at: Ms, call: Tell): void {
  const due = stepsUp(course).filter((step) => step.due <= at)
  const [first] = due
  if (!first) return
  call(
    `level ${first.level}`,
    due.map(({ why }) => why),
  )
  Object.assign(course, { level: first.level, levelSince: at })
}

function afterAlarm(known: Course | undefined, fact: Extract<Fact, { is: 'alarm' }>, call: Tell): Course | undefined {
  const { at, alarm: name, state, severity, changed } = fact
  const before = known?.alarms.get(name)
  // News that are older than what is known change nothing.
  if (before && changed <= before.changed) return known
  const isNew = !known || (known.over !== undefined && at - known.over > 30 * min)
  if (isNew && state !== 'ALARM') return known
  const course = isNew ? anew(at, severity) : known
  const rang = ringing(course).length > 0
  const old = isNew ? undefined : before
  const fires = state === 'ALARM' && !old?.rings
  const alarm = {
    name,
    severity,
    changed,
    rings: state === 'ALARM' || (state === 'INSUFFICIENT_DATA' && old?.rings === true),
    since: fires ? changed : (old?.since ?? changed),
    above: state === 'ALARM' ? (old?.above ?? 0) : 0,
    ...(state === 'ALARM' && old?.countedIn !== undefined && { countedIn: old.countedIn }),
  }
  course.alarms.set(name, alarm)
  if (isNew) call('opens')
  if (state === 'ALARM') {
    delete course.quietUntil
    if (gravity[severity] > gravity[course.severity]) Object.assign(course, { severity, graveSince: at })
    if (course.over !== undefined) comesBack(course, alarm, fact, call)
  }
  if (state === 'OK' && rang && ringing(course).length === 0 && course.over === undefined)
    course.quietUntil = at + 5 * min
  goUp(course, at, call)
  return course
}

/** What an earlier time proved, or customers told in it, is over with it. Its level stays. */
function comesBack(course: Course, alarm: { since: Ms }, { at, changed }: { at: Ms; changed: Ms }, call: Tell): void {
  call('comes back')
  alarm.since = changed
  Object.assign(course, { since: at, complaints: { count: 0, last: Number.NEGATIVE_INFINITY } })
  delete course.over
  delete course.rollback
}

/** An incident that goes on, after one thing that was done in it. */
function afterFact(course: Course, fact: Exclude<Fact, { is: 'alarm' }>, call: Tell): void {
  if (fact.is === 'a minute passes') minutePasses(course, fact.at, call)
  else if (!counts(course, fact, call)) return
  else if ('by' in fact) course.heard.set(fact.by, fact.at)
  goUp(course, fact.at, call)
}

/** Takes in what was done; false when it is refused, because it changes nothing. */
function counts(course: Course, fact: Exclude<Fact, { is: 'alarm' | 'a minute passes' }>, call: Tell): boolean {
  const { at } = fact
  const { owner, rollback, service } = course
  switch (fact.is) {
    case 'acknowledges':
      if (!owner) course.owner = { by: fact.by, since: at }
      return !owner
    case 'takes over':
      if (owner?.by === fact.by) return false
      course.owner = { by: fact.by, since: at }
      return true
    case 'says still on it':
      return owner?.by === fact.by && remindersSoFar(course) > 0
    case 'holds': {
      const isHeld = (nextCall(course) ?? Number.POSITIVE_INFINITY) < at + 15 * min
      if (isHeld) course.heldUntil = at + 15 * min
      return isHeld
    }
    case 'escalates':
      if (course.level >= fact.to) return false
      Object.assign(course, { level: fact.to, levelSince: at })
      call(`level ${fact.to}`, ['asked-by-person'])
      return true
    case 'closes':
      if (isRunning(rollback) || service.stopped) return false
      isOver(course, at, call)
      return true
    case 'asks for a rollback':
      if (isRunning(rollback) || service.stopped || ringing(course).length === 0) return false
      course.rollback = { is: 'asked', since: at, alarm: judge(course) }
      course.owner ??= { by: fact.by, since: at }
      return true
    case 'the rollback goes on':
      rollbackGoesOn(course, fact.found, at)
      return true
    case 'is measured':
      measured(course, fact)
      return true
    case 'the automatic rollback failed':
      course.automaticRollbackFailed = true
      return true
    case 'a customer complains':
      course.complaints = { count: course.complaints.count + 1, last: at }
      return true
    case 'stops the service':
      if (service.stopped || isRunning(rollback) || ringing(course).length === 0) return false
      course.service = { stopped: true, stoppedAt: at, wentOnAt: Number.NEGATIVE_INFINITY }
      return true
    case 'lets the service go on':
      if (!service.stopped) return false
      course.service = { ...service, stopped: false, wentOnAt: at }
      return true
    default:
      return fact satisfies never
  }
}

function isOver(course: Course, at: Ms, call: Tell): void {
  course.over = at
  delete course.quietUntil
  call('is over')
}

function minutePasses(course: Course, at: Ms, call: Tell): void {
  const { rollback } = course
  const isLate = rollback && at - rollback.since > (rollback.is === 'to be proven' ? 8 : 10) * min
  if (isLate && isRunning(rollback))
    Object.assign(rollback, { is: rollback.is === 'to be proven' ? 'unclear' : 'failed', since: at })
  if ((reminderDue(course) ?? Number.POSITIVE_INFINITY) <= at) {
    call('reminder')
    course.reminders = { at, count: remindersSoFar(course) + 1 }
  }
  if ((secondAskDue(course) ?? Number.POSITIVE_INFINITY) <= at) {
    call('asked again')
    course.askedAgainAt = at
  }
  if (endsNow(course, at)) isOver(course, at, call)
}

/** A second value counts in two sweeps in a row, however often one minute is measured. */
function measured({ alarms }: Course, { alarm: name, value, minute }: Extract<Fact, { is: 'is measured' }>): void {
  const alarm = alarms.get(name)
  const above = listed(name)?.escalate.above
  if (!alarm?.rings || above === undefined) return
  if (value <= above) {
    alarm.above = 0
    delete alarm.countedIn
  } else if (alarm.countedIn !== minute) {
    alarm.above += 1
    alarm.countedIn = minute
  }
}

/** Refused by AWS it fails; proven by good numbers, or the alarm's OK with any traffic; else judged after five minutes. */
function rollbackGoesOn(course: Course, found: Found, at: Ms): void {
  const { rollback, alarms } = course
  if (!rollback || !isRunning(rollback)) return
  const ends = (is: typeof rollback.is) => Object.assign(rollback, { is, since: at })
  if (found === 'refused') ends('failed')
  else if (rollback.is !== 'to be proven') {
    if (found === 'busy') delete course.rollback
    else ends(rollback.is === 'asked' ? 'moving' : 'to be proven')
  } else {
    const isOk = alarms.get(rollback.alarm)?.rings === false && found !== 'silence' && found !== 'busy'
    const isUnder = found === 'good' && listed(rollback.alarm) !== undefined
    if (isOk || isUnder) ends('good')
    else if (at - rollback.since >= 5 * min) ends(found === 'good' || found === 'bad' ? 'did not help' : 'unclear')
  }
}
