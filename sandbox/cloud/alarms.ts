import { z } from 'zod'
import { alarms as definitions } from '../../common/alarms.ts'
import type { Clock } from '../../common/clock.ts'
import { ruleHolds } from './alarms/composite-rule.ts'
import { type Evaluation, evaluate } from './alarms/evaluation.ts'
import { listedAlarm } from './alarms/listed-alarms.ts'
import {
  type AlarmState,
  type CompositeAlarm,
  KeptAlarm,
  type MetricAlarm,
  returnedQuery,
  type StateValue,
} from './alarms/metric-alarm.ts'
import { compositeAlarmNotification, metricAlarmNotification, type Notification } from './alarms/notification.ts'
import { AwsError } from './aws-error.ts'
import type { AlarmTurn } from './happening.ts'
import type { Metrics } from './metrics.ts'
import { arnOf } from './place.ts'
import type { Topic } from './topic.ts'

export type { AlarmState, CompositeAlarm, MetricAlarm, StateValue } from './alarms/metric-alarm.ts'

export const AlarmsSnapshot = z.array(KeptAlarm)
export type AlarmsSnapshot = z.output<typeof AlarmsSnapshot>

/** What a caller sees of an alarm. */
export type DescribedAlarm = KeptAlarm & { arn: string }

/** CloudWatch's alarms: those of the service's list, and any that are put beside them. */
export function createAlarms({
  clock,
  metrics,
  topic,
  stage,
  turned = () => undefined,
}: {
  clock: Clock
  metrics: Metrics
  topic: Topic
  stage: string
  /** Told of every change of a state's value. */
  turned?: (turn: AlarmTurn) => void
}) {
  const kept = new Map<string, KeptAlarm>()
  const notificationsToLose = new Map<string, number>()

  const firstState = (): AlarmState => ({
    value: 'OK',
    reason: 'Unchecked: Initial alarm creation',
    reasonData: '',
    changedAt: clock.now().toISOString(),
    updatedAt: clock.now().toISOString(),
  })

  function find(name: string): KeptAlarm {
    const found = kept.get(name)
    if (found === undefined) throw new AwsError('ResourceNotFound', `Unknown alarm: ${name}`, 404)
    return found
  }

  /** Saves the new state; tells the topic when the value changed, unless this notification is to be lost. */
  function become(
    name: string,
    next: Evaluation,
    now: Date,
    describe: (state: AlarmState, old: StateValue) => Notification,
  ) {
    const entry = find(name)
    const old = entry.state
    const changed = old.value !== next.value
    const at = now.toISOString()
    entry.state = { ...next, changedAt: changed ? at : old.changedAt, updatedAt: at }
    if (!changed) return
    const toLose = notificationsToLose.get(name) ?? 0
    const told = entry.alarm.actions.includes(topic.arn) && toLose === 0
    turned({ kind: 'alarm-turned', alarm: name, to: next.value, at, told })
    if (!entry.alarm.actions.includes(topic.arn)) return
    if (toLose > 0) notificationsToLose.set(name, toLose - 1)
    else {
      const { message, subject } = describe(entry.state, old.value)
      topic.publish(message, { subject })
    }
  }

  function evaluateMetricAlarms(now: Date): void {
    for (const entry of kept.values()) {
      if (entry.kind !== 'metric') continue
      const { alarm } = entry
      const next = evaluate(metrics, alarm, now)
      if (next !== undefined && next.value !== entry.state.value)
        become(alarm.name, next, now, (state, old) => metricAlarmNotification(alarm, state, old))
    }
  }

  function evaluateComposites(now: Date): void {
    for (const entry of kept.values()) {
      if (entry.kind !== 'composite') continue
      const { alarm } = entry
      const { holds, names } = ruleHolds(alarm.rule, (name) => find(name).state.value)
      const children = names.map((name) => ({ name, state: find(name).state }))
      const value = holds ? 'ALARM' : 'OK'
      const turned = children.filter(({ state }) => (state.value === 'ALARM') === holds)
      const [cause] = turned.toSorted((a, b) => (a.state.changedAt < b.state.changedAt ? 1 : -1))
      if (value === entry.state.value) continue
      const reason = cause
        ? `${arnOf.alarm(cause.name)} transitioned to ${cause.state.value} at ${new Date(cause.state.changedAt).toUTCString()}`
        : `The alarm rule is ${holds ? 'true' : 'false'} now`
      become(alarm.name, { value, reason, reasonData: '' }, now, (state, old) =>
        compositeAlarmNotification(alarm, state, old, turned),
      )
    }
  }

  const put = (alarm: MetricAlarm): void => {
    returnedQuery(alarm)
    kept.set(alarm.name, { kind: 'metric', alarm, state: kept.get(alarm.name)?.state ?? firstState() })
  }

  const configuredAt = clock.now().toISOString()
  for (const definition of definitions) put(listedAlarm(definition, { stage, topicArn: topic.arn, configuredAt }))

  return {
    /** Creates an alarm or changes its settings. Our topic is told unless `actions` says otherwise. */
    putAlarm(alarm: Omit<MetricAlarm, 'actions' | 'configuredAt'> & { actions?: string[] }): void {
      put({ ...alarm, actions: alarm.actions ?? [topic.arn], configuredAt: clock.now().toISOString() })
    },
    putCompositeAlarm(alarm: Omit<CompositeAlarm, 'actions' | 'configuredAt'> & { actions?: string[] }): void {
      ruleHolds(alarm.rule, (name) => find(name).state.value)
      const complete = { ...alarm, actions: alarm.actions ?? [topic.arn], configuredAt: clock.now().toISOString() }
      kept.set(alarm.name, { kind: 'composite', alarm: complete, state: kept.get(alarm.name)?.state ?? firstState() })
    },
    deleteAlarm(name: string): void {
      find(name)
      kept.delete(name)
    },
    /** Every alarm, by name. */
    describe: (): DescribedAlarm[] =>
      [...kept.values()]
        .map((entry) => ({ ...entry, arn: arnOf.alarm(entry.alarm.name) }))
        .toSorted((a, b) => (a.alarm.name < b.alarm.name ? -1 : 1)),
    state: (name: string): AlarmState => find(name).state,
    /** Whether it is in ALARM. One that does not exist is not. */
    rings: (name: string): boolean => kept.get(name)?.state.value === 'ALARM',
    /** Sets a state by hand, until the next evaluation decides otherwise. */
    setAlarmState(name: string, value: StateValue, reason: string, reasonData = ''): void {
      const entry = find(name)
      become(name, { value, reason, reasonData }, clock.now(), (state, old) =>
        entry.kind === 'metric'
          ? metricAlarmNotification(entry.alarm, state, old)
          : compositeAlarmNotification(entry.alarm, state, old, []),
      )
    },
    /** The next change of this alarm is saved but never published, as if SNS had lost it. */
    loseNotification(name: string, times = 1): void {
      find(name)
      notificationsToLose.set(name, times)
    },
    keepNotifications: () => notificationsToLose.clear(),
    /** What CloudWatch does each minute. */
    evaluate(now: Date): void {
      evaluateMetricAlarms(now)
      evaluateComposites(now)
    },
    snapshot: (): AlarmsSnapshot => structuredClone([...kept.values()]),
    /** States come back, and alarms that were put beside the list; the list itself is as the code has it now. */
    restore(saved: AlarmsSnapshot): void {
      for (const entry of structuredClone(saved)) {
        const listed = kept.get(entry.alarm.name)
        if (listed === undefined) kept.set(entry.alarm.name, entry)
        else listed.state = entry.state
      }
    },
  }
}

export type Alarms = ReturnType<typeof createAlarms>
